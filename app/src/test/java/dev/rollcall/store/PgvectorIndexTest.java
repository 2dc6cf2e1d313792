package dev.rollcall.store;

import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndexContract;
import dev.rollcall.search.RollPassages.Shared;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Over real pgvector, in PGlite. */
class PgvectorIndexTest extends PassageIndexContract {
    private @Nullable SqlStore store;

    @Override
    protected PassageIndex index() {
        SqlStore opened = SqlStore.open(PgliteForTests.emptyUrl(), SwarmName.DEFAULT, Duration.ofSeconds(10));
        store = opened;
        opened.passageQueue().demandModel("letters", DIMENSION);
        // Nothing is taken in without its passage's words; these are of any number that the contract has.
        opened.connection()
                .plain(() -> opened.connection()
                        .update(
                                "INSERT INTO passage_words (rowid, words) SELECT number, '' FROM generate_series(1, 2000) AS number"
                                        + " UNION ALL SELECT 9223372036854775806, ''"));
        opened.passageQueue().makeIndex(opened.passages().place());
        Shared shared = opened.passages().shared(opened.passages().place());
        return Objects.requireNonNull(shared.index(), shared.condition());
    }

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }
}
