package dev.rollcall.app;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.files.StateFolder;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.IndexFilling;
import dev.rollcall.search.JoinedIndex;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndex.Numbered;
import dev.rollcall.search.RollPassages;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.vectors.ExactIndex;
import dev.rollcall.vectors.HnswIndex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of one swarm, always in step with the database: the one that the database has itself, where it has one; else in
 * memory while it is small, and in a folder beside the roll when it is large. For one thread at a time.
 */
final class IndexShelf implements AutoCloseable {
    /** Vectors that are looked at one by one in some milliseconds; beyond, a graph is quicker (decision 0015). */
    private static final long LARGE = 100_000;

    /** New vectors beside a graph before they are put into it: that is a commit of its own. */
    private static final long MANY_NEW = 5_000;

    /** New vectors in memory at which a graph is opened anew, to take them in. */
    private static final long TOO_MANY_NEW = 100_000;

    private static final String PREFIX = "index-";
    private static final int KEY_DIGITS = 16;

    private final StateFolder folder;
    private final String database;
    private @Nullable PassageIndex index;
    private boolean isShared;
    /** What the index was built upon: what it held then is not in memory as well. */
    private @Nullable PassageIndex settled;

    /** What is in memory. */
    private @Nullable PassageIndex recent;

    private @Nullable Place shelved;
    private long inSettled;

    /** @param database where the roll is kept: copies of it have numbers of their own */
    IndexShelf(StateFolder folder, String database) {
        this.folder = folder;
        this.database = database;
    }

    /**
     * Up to date. The same one until the database's model, or the database itself, is another one.
     *
     * @throws ProblemException where a large index is missing and can not be made here
     */
    PassageIndex of(RollPassages passages) {
        // Looked at before the place: what others give numbers meanwhile is in none of it.
        long held = index == null || recent == null ? 0 : isShared ? recent.newest() : index.newest();
        Place place = passages.place();
        PassageIndex shared = shared(passages, place);
        if (index == null
                || isOther(place)
                || held > place.newest()
                || isShared != (shared != null)
                || isOutdated(place, shared)) {
            close();
            shelved = place;
            isShared = shared != null;
            index = shared != null
                    ? joined(shared, place)
                    : isLarge(place) && place.model() != null ? large(passages, place, place.model()) : inMemory(place);
        }
        if (place.model() != null) {
            IndexFilling.fill(index, passages, place.model());
        }
        return index;
    }

    /** The database's own, unless it lacks so many that memory is no place for them. */
    private static @Nullable PassageIndex shared(RollPassages passages, Place place) {
        PassageIndex shared = passages.shared(place).index();
        return shared != null && place.model() != null && lacksFew(shared, passages, place, place.model())
                ? shared
                : null;
    }

    /** Numbers are those of all swarms: what one lacks has to be looked at where others have gone far ahead. */
    private static boolean lacksFew(PassageIndex shared, RollPassages passages, Place place, String model) {
        long newest = shared.newest();
        if (place.newest() - newest <= TOO_MANY_NEW) {
            return true;
        }
        List<Numbered> lacking = new ArrayList<>();
        passages.vectors(model, newest, vector -> lacking.add(vector) && lacking.size() <= MANY_NEW);
        return lacking.size() <= MANY_NEW;
    }

    /** Whether the vectors are so many that the index is a graph in a folder. */
    static boolean isLarge(Place place) {
        return place.newest() > LARGE && place.model() != null;
    }

    private boolean isOther(Place place) {
        Place before = shelved;
        return before == null
                || !before.identity().equals(place.identity())
                || before.dimension() != place.dimension()
                || !String.valueOf(before.model()).equals(String.valueOf(place.model()));
    }

    /** What the database has itself, others add to; what is in memory beside it begins above that. */
    private boolean isOutdated(Place place, @Nullable PassageIndex shared) {
        if (shared != null) {
            return shared.newest() != inSettled;
        }
        long before = shelved == null ? 0 : shelved.newest();
        return (before > LARGE) != (place.newest() > LARGE)
                || (place.newest() > LARGE && place.newest() - before > TOO_MANY_NEW)
                || (settled != null && settled.newest() < inSettled);
    }

    /** Whoever may not add, because another process does or the folder can not be written to, has what is new in memory. */
    private PassageIndex large(RollPassages passages, Place place, String model) {
        HnswIndex opened = HnswIndex.open(place(place, model), place.dimension());
        if (opened.newest() > passages.place().newest()) {
            // A crash of the server took numbers back, which are given again for other texts.
            opened.close();
            folder.deleteFolders(name(place, model));
            opened = HnswIndex.open(place(place, model), place.dimension());
        }
        if (place.newest() - opened.newest() > MANY_NEW) {
            try {
                IndexFilling.fill(opened, passages, model);
            } catch (ProblemException notHere) {
                if (place.newest() - opened.newest() > TOO_MANY_NEW) {
                    opened.close();
                    throw notHere;
                }
            }
        }
        return joined(opened, place);
    }

    private PassageIndex joined(PassageIndex opened, Place place) {
        settled = opened;
        inSettled = opened.newest();
        return new JoinedIndex(opened, inMemory(place));
    }

    private PassageIndex inMemory(Place place) {
        recent = new ExactIndex(Math.max(1, place.dimension()));
        return recent;
    }

    /** Of this database, swarm and model: an index of another one would tell of other texts. */
    private Path place(Place place, String model) {
        folder.create();
        return folder.resolve(name(place, model));
    }

    private String name(Place place, String model) {
        String key = String.join("\n", database, place.identity(), place.swarm(), model);
        return PREFIX
                + DocumentContent.sha256Of(key.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
    }

    /** Throws all large indexes in the folder away; they are made anew when they are needed. */
    static void discard(StateFolder folder) {
        folder.deleteFolders(PREFIX);
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
            index = null;
            settled = null;
            recent = null;
        }
    }
}
