package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndexContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgvectorIndexTest extends PassageIndexContract {
    private static final String MODEL = "letters";

    private final List<SqlStore> open = new ArrayList<>();

    @AfterEach
    void closeStores() {
        open.forEach(SqlStore::close);
    }

    @Override
    protected PassageIndex index() {
        SqlStore store = SqlStore.open(PgliteForTests.freshUrl(), SwarmName.DEFAULT, Duration.ofSeconds(10));
        open.add(store);
        store.passageQueue().demandModel(MODEL, DIMENSION);
        return new VectorsOfPassages(store, dev.rollcall.store.VectorsOfPassages.index(store));
    }

    @Test
    void x() {
        assertThat(true).isTrue();
    }
}
