package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.Seal;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.VersionLinks.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the versions of {@code status_history} said: the bytes, put together from what is stored, and held against the digest
 * that the version's seal tells, or the column where the seal does not fit.
 */
final class PastDocuments {
    /** Versions that are asked for at once. Each statement costs more than it brings; each version may have 4 MiB. */
    private static final int AT_ONCE = 16;

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryCodec codec;
    private final VersionLinks links;

    PastDocuments(SqlConnection connection, SwarmName swarm, HistoryCodec codec) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.codec = codec;
        this.links = new VersionLinks(connection, swarm);
    }

    /** One version of each of several agents. */
    Map<AgentId, StoredDocument> of(Map<AgentId, Long> revisions) throws SQLException {
        if (revisions.isEmpty()) {
            return Map.of();
        }
        List<Long> numbers = List.copyOf(revisions.values());
        Map<Long, Recorded> recorded = recorded(numbers);
        Map<Long, Link> stored = links.of(numbers, VersionLinks.NONE);
        Map<AgentId, StoredDocument> documents = new HashMap<>();
        revisions.forEach((agent, revision) ->
                documents.put(agent, of(agent).document(revision, recorded.get(revision), stored)));
        return documents;
    }

    /** @param sha256 as the seal tells it, or the column where the seal does not fit */
    private record Recorded(String agent, String sha256) {}

    private Map<Long, Recorded> recorded(List<Long> revisions) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(List.of(swarm));
        values.addAll(revisions);
        Map<Long, Recorded> recorded = new HashMap<>();
        connection.query(
                "SELECT version.revision, version.agent_id, coalesce(version.content_sha256, ''), version.seal FROM "
                        + connection.engine().versionWhoseNumber("IN (" + Cells.places(2, revisions.size()) + ")")
                        + " AND version.swarm = ?1",
                row -> recorded.put(row.getLong(1), recorded(row)),
                values.toArray());
        return recorded;
    }

    private Recorded recorded(ResultSet row) throws SQLException {
        String agent = row.getString(2);
        String column = row.getString(3);
        Seal.Row key = new Seal.Row(swarm, agent, row.getLong(1));
        return new Recorded(
                agent,
                Seal.read(Cells.text(row, 4), key).map(Seal::contentSha256).orElse(column));
    }

    /** The agent's documents, to be asked for one after the other. */
    Chain of(AgentId agent) {
        return new Chain(agent);
    }

    /** One agent's documents. The last one asked for is kept, as the next one often builds on it. */
    final class Chain {
        private final AgentId agent;
        private long lastRevision = VersionLinks.NONE;
        private byte @Nullable [] last;

        private Chain(AgentId agent) {
            this.agent = agent;
        }

        StoredDocument document(long revision) throws SQLException {
            return document(revision, recorded(List.of(revision)).get(revision), stored(revision));
        }

        /** Hands out one after the other, in this order. */
        void documents(List<Long> revisions, BiConsumer<Long, StoredDocument> each) throws SQLException {
            for (int from = 0; from < revisions.size(); from += AT_ONCE) {
                List<Long> some = revisions.subList(from, Math.min(from + AT_ONCE, revisions.size()));
                Map<Long, Recorded> recorded = recorded(some);
                Map<Long, Link> stored = links.of(some, lastRevision);
                for (long revision : some) {
                    StoredDocument document = document(revision, recorded.get(revision), stored);
                    // Two versions can build on the one that ended the batch before; the first of them takes its place.
                    each.accept(revision, document instanceof StoredDocument.Intact ? document : document(revision));
                }
            }
        }

        /** Whatever digest was recorded. */
        StoredDocument unchecked(long revision) throws SQLException {
            return unchecked(revision, stored(revision));
        }

        private Map<Long, Link> stored(long revision) throws SQLException {
            return links.of(List.of(revision), lastRevision);
        }

        private StoredDocument document(long revision, @Nullable Recorded recorded, Map<Long, Link> stored) {
            if (recorded == null || !recorded.agent().equals(agent.value())) {
                return new StoredDocument.Damaged("there is no revision " + revision);
            }
            StoredDocument document = unchecked(revision, stored);
            return document instanceof StoredDocument.Intact intact
                            && !DocumentContent.sha256Of(intact.bytes()).equals(recorded.sha256())
                    ? new StoredDocument.Damaged("its bytes have another SHA-256 than was recorded")
                    : document;
        }

        /** Walks from the version back to a full copy, or to the one decoded last, then forward again. */
        private StoredDocument unchecked(long revision, Map<Long, Link> stored) {
            List<Link> walked = new ArrayList<>();
            long wanted = revision;
            while (last == null || wanted != lastRevision) {
                Link link = stored.get(wanted);
                if (link == null || !link.agent().equals(agent.value())) {
                    return new StoredDocument.Damaged("revision " + wanted + ", which it builds on, is missing");
                }
                walked.add(link);
                if (HistoryTable.FULL.equals(link.encoding())) {
                    break;
                }
                long base = link.baseRevision();
                if (!HistoryTable.DELTA.equals(link.encoding()) || base >= wanted) {
                    return new StoredDocument.Damaged("how it is stored makes no sense");
                }
                wanted = base;
            }
            StoredDocument decoded = decoded(walked);
            if (decoded instanceof StoredDocument.Intact intact) {
                last = intact.bytes();
                lastRevision = revision;
            }
            return decoded;
        }

        /** @param links newest first; the oldest is a full copy or builds on the one decoded last */
        private StoredDocument decoded(List<Link> links) {
            StoredDocument result =
                    last == null ? new StoredDocument.Damaged("nothing is stored") : new StoredDocument.Intact(last);
            for (Link link : links.reversed()) {
                byte[] base = result instanceof StoredDocument.Intact intact ? intact.bytes() : null;
                result = codec.decode(link.frame(), HistoryTable.FULL.equals(link.encoding()) ? null : base);
                if (result instanceof StoredDocument.Damaged) {
                    return result;
                }
            }
            return result;
        }
    }
}
