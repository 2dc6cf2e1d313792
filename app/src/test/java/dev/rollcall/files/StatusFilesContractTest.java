package dev.rollcall.files;

import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.StatusFile;
import dev.rollcall.lifecycle.StatusFileContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class StatusFilesContractTest extends StatusFileContract {
    private static final int NOBODY = 65534;

    @TempDir
    private Path folder;

    private Workspaces workspaces;

    @BeforeEach
    void makeRoot() {
        workspaces = Workspaces.in(folder);
    }

    @Override
    protected StatusFile file() {
        return new StatusFiles(workspaces.root(), WorkspacesFolder.DEFAULT_MAX_BYTES);
    }

    @Override
    protected void put(AgentId agent, byte[] bytes) throws IOException {
        workspaces.write(agent, bytes);
    }

    @Override
    protected Optional<byte[]> found(AgentId agent) throws IOException {
        Path file = workspaces.file(agent);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    protected void obstruct(AgentId agent) throws IOException {
        Workspaces.fifo(workspaces.file(agent));
    }

    @Override
    protected void leadOutside(AgentId agent, byte[] bytes) throws IOException {
        Files.write(folder.resolve("outside"), bytes);
        Files.createDirectory(workspaces.folder(agent));
        Files.createSymbolicLink(workspaces.file(agent), folder.resolve("outside"));
    }

    @Override
    protected byte[] outside(AgentId agent) throws IOException {
        return Files.readAllBytes(folder.resolve("outside"));
    }

    @Override
    protected void link(AgentId agent, AgentId target) throws IOException {
        Files.createDirectory(workspaces.folder(agent));
        Files.createSymbolicLink(workspaces.file(agent), workspaces.file(target));
    }

    @Override
    protected boolean isLink(AgentId agent) {
        return Files.isSymbolicLink(workspaces.file(agent));
    }

    @Override
    protected void mark(AgentId agent) throws IOException {
        if (isRoot()) {
            Files.setAttribute(workspaces.file(agent), "unix:uid", NOBODY);
            Files.setAttribute(workspaces.file(agent), "unix:gid", NOBODY);
        }
        Files.setPosixFilePermissions(workspaces.file(agent), PosixFilePermissions.fromString("rw-rw-r-x"));
    }

    @Override
    protected boolean isMarked(AgentId agent) throws IOException {
        Path file = workspaces.file(agent);
        Map<String, Object> owner = Files.readAttributes(file, "unix:uid,gid");
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        .equals("rw-rw-r-x")
                && (!isRoot() || owner.equals(Map.of("uid", NOBODY, "gid", NOBODY)));
    }

    @Override
    protected void removeRoot() throws IOException {
        Workspaces.removeTree(workspaces.root());
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
