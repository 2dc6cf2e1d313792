package dev.rollcall.files;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.FileChanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The system's own events: of the root, for folders that come and go, and of each agent's folder. Events say nothing of
 * writes through links, and on file systems that other machines write to nothing of theirs; see {@link #coverage}.
 */
public final class FolderEvents implements FileChanges {
    /** Types of file stores (as {@link java.nio.file.FileStore#type} tells them) whose changes may come from elsewhere. */
    private static final Set<String> SHARED = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "9p",
            "afs",
            "ceph",
            "glusterfs",
            "overlay",
            "vboxsf",
            "virtiofs",
            "prl_fs");

    private static final String FUSE = "fuse";

    private final WorkspacesFolder folder;
    /** Null for as long as the system gives none: scans find everything then. */
    private @Nullable WatchService service;

    private final Map<WatchKey, AgentId> agents = new HashMap<>();
    private final Map<AgentId, WatchKey> keys = new HashMap<>();
    private final Set<AgentId> unwatched = new HashSet<>();
    private @Nullable WatchKey root;

    /** Which folder that key is of: another one may have been moved into its place. */
    private @Nullable Object rootIdentity;

    private long lost;
    private @Nullable String rootTrouble;
    private @Nullable String agentTrouble;

    public FolderEvents(WorkspacesFolder folder) {
        this.folder = folder;
        ask();
    }

    /** The system may have no more to give now, and some later. */
    private @Nullable WatchService ask() {
        if (service == null) {
            try {
                service = folder.root().getFileSystem().newWatchService();
            } catch (IOException noWatcher) {
                rootTrouble = "the system tells of no changes: " + FailureWords.of(noWatcher);
            }
        }
        return service;
    }

    @Override
    public void watch(Collection<AgentId> wanted) {
        WatchService given = ask();
        if (given == null) {
            return;
        }
        watchRoot(given);
        unwatched.clear();
        agentTrouble = null;
        int watched = 0;
        for (AgentId agent : wanted) {
            watch(agent, given);
            watched += keys.containsKey(agent) ? 1 : 0;
        }
        if (watched < keys.size()) {
            Set<AgentId> gone = new HashSet<>(keys.keySet());
            gone.removeAll(new HashSet<>(wanted));
            gone.forEach(this::forget);
        }
    }

    private void watchRoot(WatchService service) {
        try {
            Object identity = Files.readAttributes(folder.root(), BasicFileAttributes.class)
                    .fileKey();
            if (root != null && root.isValid() && Objects.equals(rootIdentity, identity)) {
                return;
            }
            // What is watched by now lies in the folder that was moved away.
            List.copyOf(keys.keySet()).forEach(this::forget);
            if (root != null) {
                root.cancel();
            }
            root = folder.root().register(service, ENTRY_CREATE, ENTRY_DELETE);
            rootIdentity = identity;
            rootTrouble = sharedFileSystem();
        } catch (IOException failure) {
            rootTrouble = "the root can not be watched: " + FailureWords.of(failure);
        }
    }

    /** Why events can not be relied on; null where they can. */
    private @Nullable String sharedFileSystem() throws IOException {
        String type = Files.getFileStore(folder.root()).type();
        return SHARED.contains(type) || type.startsWith(FUSE)
                ? "on a file system of type " + type + " not all changes are told of"
                : null;
    }

    private boolean watch(AgentId agent, WatchService service) {
        WatchKey known = keys.get(agent);
        if (known != null && known.isValid()) {
            return false;
        }
        if (Files.isSymbolicLink(folder.folder(agent))) {
            unwatched.add(agent);
            agentTrouble = "what is behind a link is not told of";
            return false;
        }
        try {
            WatchKey key = folder.folder(agent).register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            keys.put(agent, key);
            agents.put(key, agent);
            unwatched.remove(agent);
            return true;
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return false;
        } catch (IOException failure) {
            unwatched.add(agent);
            agentTrouble = FailureWords.of(failure);
            return false;
        }
    }

    private void forget(AgentId agent) {
        WatchKey key = keys.remove(agent);
        if (key != null) {
            agents.remove(key);
            key.cancel();
        }
        unwatched.remove(agent);
    }

    @Override
    public Hints next(Duration patience) {
        WatchService given = service;
        if (given == null) {
            LockSupport.parkNanos(patience.toNanos());
            return Hints.NONE;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Hints hints = hints(given, Math.max(0, deadline - System.nanoTime()));
            // Other files in an agent's folder are no hint, and no reason to end the wait for one.
            if (!hints.equals(Hints.NONE) || System.nanoTime() - deadline >= 0) {
                return hints;
            }
        }
    }

    private Hints hints(WatchService service, long patienceNanos) {
        Set<AgentId> hinted = new HashSet<>();
        boolean isEverywhere = false;
        for (WatchKey key = first(service, patienceNanos); key != null; key = service.poll()) {
            isEverywhere |= take(key, hinted);
        }
        return hinted.isEmpty() && !isEverywhere ? Hints.NONE : new Hints(Set.copyOf(hinted), isEverywhere);
    }

    private static @Nullable WatchKey first(WatchService service, long patienceNanos) {
        try {
            return service.poll(patienceNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw FailureWords.problem("interrupted while waiting for changes", "");
        }
    }

    /** Returns whether it takes a scan to know what has happened. */
    private boolean take(WatchKey key, Set<AgentId> hinted) {
        boolean isEverywhere = false;
        AgentId agent = agents.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            boolean isLost = OVERFLOW.equals(event.kind());
            lost += isLost ? 1 : 0;
            if (agent != null && (isLost || isStatus(event))) {
                hinted.add(agent);
            } else if (key.equals(root)) {
                isEverywhere |= isLost || !takeOfRoot(event, hinted);
            }
        }
        if (!key.reset()) {
            if (key.equals(root)) {
                rootTrouble = "the root is not watched any more";
            }
            if (agent != null) {
                forget(agent);
                hinted.add(agent);
            }
            isEverywhere = true;
        }
        return isEverywhere;
    }

    /** A folder came or went; what was written into a new one before it was watched is found by looking. */
    private boolean takeOfRoot(WatchEvent<?> event, Set<AgentId> hinted) {
        AgentId agent;
        try {
            agent = new AgentId(String.valueOf(event.context()));
        } catch (ProblemException nobody) {
            return true;
        }
        if (ENTRY_DELETE.equals(event.kind())) {
            forget(agent);
            hinted.add(agent);
            return true;
        }
        hinted.add(agent);
        return service != null && watch(agent, service);
    }

    private static boolean isStatus(WatchEvent<?> event) {
        return event.context() instanceof Path name && name.toString().equals(Whereabouts.FILE_NAME);
    }

    @Override
    public Coverage coverage() {
        String reason = rootTrouble;
        if (reason == null && !unwatched.isEmpty()) {
            reason = unwatched.size() + " folders can not be watched: " + agentTrouble;
        }
        return new Coverage(keys.size(), unwatched.size(), lost, reason);
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
