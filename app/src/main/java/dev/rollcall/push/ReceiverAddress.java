package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where a receiver's window is. */
public final class ReceiverAddress {
    private static final String HINT =
            "Name the address that rollcall up tells there, such as https://roll.example.org/";

    private final URI base;

    /** What may be told to somebody who reads along. */
    public enum Wire {
        /** Nothing: over plain HTTP only this machine is spoken to. */
        PRIVATE,
        /** The token and all documents. */
        OPEN
    }

    private ReceiverAddress(URI base) {
        this.base = base;
    }

    /** @throws ProblemException WRONG_USAGE for what is no address of a window, or for one that would give the token away */
    public static ReceiverAddress of(String text, Wire wire) {
        URI given = uri(text);
        boolean isPlain = "http".equals(given.getScheme());
        if (isPlain && wire == Wire.PRIVATE && !isThisMachine(given.getHost())) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "over plain http to " + ShownText.of(given.getHost())
                            + " anybody on the way can read the token and write with it",
                    "Put a proxy that speaks https before the window, or say --insecure where nobody else is on the way.");
        }
        return new ReceiverAddress(given);
    }

    private static URI uri(String text) {
        try {
            URI given = new URI(text.strip());
            String scheme = String.valueOf(given.getScheme()).toLowerCase(Locale.ROOT);
            boolean isWeb = scheme.equals("http") || scheme.equals("https");
            if (isWeb
                    && given.getHost() != null
                    && given.getRawUserInfo() == null
                    && given.getRawQuery() == null
                    && given.getRawFragment() == null) {
                String path = String.valueOf(given.getRawPath());
                String slash = path.endsWith("/") ? "" : "/";
                return new URI(scheme + "://" + given.getRawAuthority().toLowerCase(Locale.ROOT) + path + slash);
            }
        } catch (URISyntaxException noAddress) {
            // Said below, without what was given: there may be a password in it.
        }
        throw new ProblemException(
                ProblemCode.WRONG_USAGE,
                "what is pushed to must be an http or https address, without user, password, ? and #",
                HINT);
    }

    /** By what is written alone: whoever answers for other names may say today that they are this machine. */
    private static boolean isThisMachine(String host) {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    URI files() {
        return base.resolve("api/v1/files");
    }

    URI file(AgentId agent) {
        String id = URLEncoder.encode(agent.value(), StandardCharsets.UTF_8).replace("+", "%20");
        return base.resolve("api/v1/agents/" + id + "/file");
    }

    /** Tells it from others in the name of a file. */
    public String key() {
        return DocumentContent.sha256Of(base.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }

    @Override
    public String toString() {
        return ShownText.of(base.toString());
    }
}
