package dev.rollcall.files;

import dev.rollcall.sync.StatusSource;

class UnhurriedFolderContractTest extends WorkspacesFolderContractTest {
    @Override
    protected StatusSource source() {
        return ((WorkspacesFolder) super.source()).unhurried();
    }
}
