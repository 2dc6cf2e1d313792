package dev.rollcall.app;

import dev.rollcall.embedding.MiniLmEmbedder;
import dev.rollcall.files.StateFolder;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Embedder;
import dev.rollcall.search.IndexFilling;
import dev.rollcall.search.Indexing;
import dev.rollcall.search.Likeness;
import dev.rollcall.search.Overlaps;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.Recommender;
import dev.rollcall.search.RollPassages;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.Searcher;
import dev.rollcall.search.WorkSearch;
import dev.rollcall.store.SqlStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search of one roll, ready to answer: the model loaded, the index in step with the database. What is missing is told
 * and not hidden: without the model it answers by words. For one thread at a time.
 */
public final class SearchSession implements AutoCloseable {
    private static final String OTHER_MODEL =
            "searched by words alone: the vectors in the database are of another model; rollcall index makes them anew";

    /** Vectors that are added at once to the index that the database has itself: well below a second. */
    private static final int SHARED_LOT = 50;

    private final Supplier<SqlStore> writing;
    private final Supplier<SqlStore> reading;
    private final Supplier<Embedder> loading;
    private @Nullable Embedder embedder;
    private final IndexShelf shelf;
    private int atOnce = Runtime.getRuntime().availableProcessors();
    private boolean isModelTried;
    private @Nullable String withoutModel;
    private @Nullable String notCaughtUp;
    private boolean isOtherModel;

    SearchSession(Rollcall rollcall) {
        this(rollcall, () -> MiniLmEmbedder.load(ModelPlace.folder()));
    }

    /** @param loading makes the model ready; asked once, when it is first needed */
    SearchSession(Rollcall rollcall, Supplier<Embedder> loading) {
        this.writing = () -> rollcall.writing(Rollcall.LOCK_TIMEOUT);
        this.reading = rollcall::reading;
        this.shelf = new IndexShelf(new StateFolder(rollcall.settings().root()), rollcall.database());
        this.loading = loading;
    }

    /** Leaves half of the processors to others from now on: nobody waits for this. */
    SearchSession inBackground() {
        atOnce = Math.max(1, atOnce / 2);
        return this;
    }

    /** What an answer lacks, in sentences; empty when it lacks nothing. */
    public List<String> notices() {
        return Stream.of(withoutModel, notCaughtUp, isOtherModel ? OTHER_MODEL : null)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /**
     * Gives words and vectors to whoever waits for them.
     *
     * @return texts that the model has read
     * @throws ProblemException DATABASE_UNAVAILABLE
     */
    public long drain(Indexing.Progress progress, BooleanSupplier isEnough) {
        long read = embed(progress, isEnough);
        share(isEnough);
        return read;
    }

    /** The same, but the index that the database has itself is left for {@link #share}. */
    long embed(Indexing.Progress progress, BooleanSupplier isEnough) {
        PassageQueue queue = writing.get().passageQueue();
        RollPassages passages = writing.get().passages();
        boolean isNothingToDo = queue.size() == 0 && passages.place().model() != null;
        Embedder model = isNothingToDo && embedder == null ? null : model();
        if (model != null && !model.model().equals(passages.place().model())) {
            queue.demandModel(model.model(), model.dimension());
        }
        long read = new Indexing(queue, model, atOnce).drain(progress, isEnough);
        // It could be written to, and it has the vectors of this model now: neither is amiss any more.
        notCaughtUp = null;
        isOtherModel = isOtherModel && model == null;
        return read;
    }

    /**
     * The index that the database has itself gets what it lacks, where this user may add to it: one small lot, and more until
     * it is enough. Whoever searches has in memory what it lacks.
     *
     * @return whether there is nothing more to add
     * @throws ProblemException DATABASE_UNAVAILABLE
     */
    boolean share(BooleanSupplier isEnough) {
        RollPassages passages = writing.get().passages();
        Place place = passages.place();
        PassageIndex shared = writing.get().passageQueue().makeIndex(place);
        AtomicBoolean isCut = new AtomicBoolean();
        if (shared != null && place.model() != null) {
            IndexFilling.fill(shared, passages, place.model(), SHARED_LOT, () -> {
                isCut.set(isEnough.getAsBoolean());
                return isCut.get();
            });
        }
        notCaughtUp = null;
        return !isCut.get();
    }

    /** Looks at every entry, and queues what lacks words or a vector of the model. */
    public void examine() {
        Embedder model = model();
        if (model != null) {
            writing.get().passageQueue().demandModel(model.model(), model.dimension());
        }
    }

    /**
     * The same as {@link #drain}, but the index that the database has itself gets one lot, as somebody waits for an answer;
     * and a database that can not be written to is a notice: the rest can be searched.
     */
    public void catchUp(Indexing.Progress progress) {
        try {
            embed(progress, () -> false);
            share(() -> true);
        } catch (ProblemException failure) {
            notCaughtUp = "the index could not be brought up to date: "
                    + failure.problem().message();
        }
    }

    public Searcher searcher() {
        Embedder model = comparable();
        return new Searcher(reading.get().passages(), index(), model);
    }

    public WorkSearch works() {
        Embedder model = comparable();
        return new WorkSearch(reading.get().passages(), index(), model);
    }

    /** The model, if its vectors are those of the index. */
    private @Nullable Embedder comparable() {
        Embedder model = model();
        if (model != null && !isComparable(model)) {
            // Nobody waited, so that nobody had asked which model it is.
            catchUp(Indexing.Progress.NONE);
        }
        boolean isUsable = model != null && isComparable(model);
        isOtherModel = model != null && !isUsable;
        return isUsable ? model : null;
    }

    private boolean isComparable(Embedder model) {
        String inUse = reading.get().passages().place().model();
        return inUse == null || inUse.equals(model.model());
    }

    public Recommender recommender() {
        return new Recommender(searcher());
    }

    public Likeness likeness() {
        return new Likeness(reading.get().passages(), index());
    }

    public Overlaps overlaps() {
        return new Overlaps(reading.get().passages());
    }

    private PassageIndex index() {
        return shelf.of(reading.get().passages());
    }

    private @Nullable Embedder model() {
        if (!isModelTried) {
            isModelTried = true;
            try {
                embedder = loading.get();
            } catch (ProblemException unavailable) {
                withoutModel =
                        "searched by words alone: " + unavailable.problem().message();
            }
        }
        return embedder;
    }

    /** Lets go of the model and the index until they are needed again. */
    void rest() {
        close();
        withoutModel = null;
        isModelTried = false;
    }

    @Override
    public void close() {
        shelf.close();
        if (embedder != null) {
            embedder.close();
            embedder = null;
        }
    }
}
