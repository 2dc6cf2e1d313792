package dev.rollcall.files;

import dev.rollcall.document.AgentId;
import dev.rollcall.sync.StatusSource;
import dev.rollcall.sync.StatusSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class WorkspacesFolderContractTest extends StatusSourceContract {
    @TempDir
    private Path folder;

    private Workspaces workspaces;

    @BeforeEach
    void makeRoot() {
        workspaces = Workspaces.in(folder);
    }

    @Override
    protected StatusSource source() {
        return new WorkspacesFolder(workspaces.root());
    }

    @Override
    protected void write(AgentId agent, byte[] bytes) throws IOException {
        workspaces.write(agent, bytes);
    }

    @Override
    protected void obstruct(AgentId agent) throws IOException {
        Files.createDirectories(workspaces.file(agent));
    }

    @Override
    protected void makeEmptyFolder(AgentId agent) throws IOException {
        Files.createDirectory(workspaces.folder(agent));
    }

    @Override
    protected void remove(AgentId agent) throws IOException {
        Files.delete(workspaces.file(agent));
    }

    @Override
    protected void removeRoot() throws IOException {
        Workspaces.removeTree(workspaces.root());
    }

    @Override
    protected void changeUnnoticeably(AgentId agent, byte[] bytes) throws IOException {
        FileTime before = Files.getLastModifiedTime(workspaces.file(agent));
        Files.write(workspaces.file(agent), bytes);
        Files.setLastModifiedTime(workspaces.file(agent), before);
    }
}
