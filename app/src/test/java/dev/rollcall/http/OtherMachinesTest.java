package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window that is open to other machines, to whoever comes by the network. */
class OtherMachinesTest {
    private static final String NAME = "captain.example";

    @TempDir
    private Path folder;

    private InetAddress outside = InetAddress.getLoopbackAddress();

    @BeforeEach
    void findAnAddress() throws Exception {
        List<InetAddress> addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        assumeThat(addresses).as("an address in a network").isNotEmpty();
        outside = addresses.getFirst();
    }

    @Test
    void nothingIsReadWithoutAToken() throws Exception {
        try (OpenWindow open = everywhere()) {
            assertThat(open.window.isOfThisMachineAlone()).isFalse();
            for (String path : List.of("/", "/api/v1/roll", "/health", "/metrics", "/live", "/api/v1/events")) {
                assertThat(get(open, path, NAME, "")).as(path).startsWith("HTTP/1.1 401 ");
            }
            assertThat(get(open, "/sign-in", NAME, "")).startsWith("HTTP/1.1 200 ");
            assertThat(get(open, "/api/v1/roll", NAME, token(open))).startsWith("HTTP/1.1 200 ");
            assertThat(open.raw("GET", "/api/v1/roll", Map.of()))
                    .as("on this machine")
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void noHostIsTakenThatWasNotNamed() throws Exception {
        try (OpenWindow open = everywhere()) {
            int port = open.window.address().getPort();
            for (String host : List.of(
                    outside.getHostAddress() + ":" + port,
                    "evil.example",
                    "evil.example:" + port,
                    NAME + ":" + port,
                    NAME + ".evil.example")) {
                assertThat(get(open, "/api/v1/roll", host, token(open)))
                        .as(host)
                        .startsWith("HTTP/1.1 403 ")
                        .contains("\"code\":\"wrong_host\"", "http.hosts");
            }
        }
    }

    @Test
    void aWindowThatWasNotOpenedToThemIsNotThere() {
        try (OpenWindow open = new OpenWindow(folder)) {
            assertThat(open.window.isOfThisMachineAlone()).isTrue();
            assertThatThrownBy(() -> get(open, "/sign-in", open.host(), "")).isInstanceOf(ConnectException.class);
        }
    }

    private OpenWindow everywhere() {
        return new OpenWindow(folder, Map.of(Setting.HTTP_BIND, "0.0.0.0", Setting.HTTP_HOSTS, NAME));
    }

    private static String token(OpenWindow open) {
        return "Authorization: Bearer " + open.token(new Scope.Read()) + "\r\n";
    }

    /** The answer to somebody who came by the network. */
    private String get(OpenWindow open, String path, String host, String header) throws IOException {
        try (Socket socket = new Socket(outside, open.window.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + header
                                    + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
