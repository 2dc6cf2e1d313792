package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.StoredDocument;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Report} of the roll's past, one agent after the other, so that only figures stay in memory. The roll is
 * read on the caller's thread; what was read becomes figures on another, meanwhile. Of an agent a version takes some
 * hundred bytes until its figures are made; its document is let go as soon as it was looked at.
 */
public final class Reporting {
    /** Bytes of documents that are handed over together. */
    private static final int BATCH = 256 << 10;

    /** About what a version takes in memory. */
    private static final int VERSION = 500;

    private final RollPast past;
    private final ReportRequest request;
    private final FiguresThread figures;

    private Reporting(RollPast past, ReportRequest request, FiguresThread figures) {
        this.past = past;
        this.request = request;
        this.figures = figures;
    }

    /** @throws dev.rollcall.problem.ProblemException as {@link RollPast} */
    public static Report of(RollPast past, ReportRequest request) {
        try (FiguresThread figures = new FiguresThread()) {
            return new Reporting(past, request, figures).report();
        }
    }

    /**
     * What was read of one agent.
     *
     * @param documents complete as soon as everything that was handed over before is done
     * @param earlier see {@link AgentPast}
     * @param isFromTheFirst whether the first of the versions is the agent's first ever
     */
    private record Read(
            AgentId agent,
            List<Revision> versions,
            List<Gap> gaps,
            AgentDocuments documents,
            List<PastVersion> earlier,
            boolean isFromTheFirst) {}

    /** Gives documents to the other thread, some at a time. */
    private final class Handing {
        private final AgentDocuments documents;
        private Map<Long, StoredDocument> batch = new LinkedHashMap<>();
        private long bytes;

        Handing(AgentDocuments documents) {
            this.documents = documents;
        }

        void take(long revision, StoredDocument document) {
            batch.put(revision, document);
            bytes += document instanceof StoredDocument.Intact intact ? intact.bytes().length : 0;
            if (bytes >= BATCH) {
                handOver();
            }
        }

        void handOver() {
            Map<Long, StoredDocument> all = batch;
            figures.run(bytes, () -> all.forEach(documents::take));
            batch = new LinkedHashMap<>();
            bytes = 0;
        }
    }

    /**
     * What became of it.
     *
     * @param figures null for an agent that had left before the window
     */
    private record Counted(@Nullable AgentFigures figures, int sampled, int damaged) {}

    private Report report() {
        Window window = request.window();
        Map<AgentId, List<Gap>> gaps = new HashMap<>();
        past.gaps(Instant.EPOCH, justAfter(window.until()))
                .forEach(gap -> gaps.computeIfAbsent(gap.agent(), agent -> new ArrayList<>())
                        .add(gap));
        Set<AgentId> roll = new TreeSet<>(past.agents(window.until()));
        gaps.forEach((agent, its) -> {
            if (its.stream().anyMatch(gap -> gap.until() == null || gap.until().isAfter(window.from()))) {
                roll.add(agent);
            }
        });
        Collection<AgentId> wanted = request.only() == null ? roll : List.of(request.only());
        DocumentPlan plan = new DocumentPlan(window, wanted.size());
        List<CompletableFuture<Counted>> counting = new ArrayList<>();
        for (AgentId agent : wanted) {
            Read read = read(agent, gaps.getOrDefault(agent, List.of()), plan);
            counting.add(figures.hand((long) VERSION * read.versions().size(), () -> counted(read)));
        }
        figures.await();
        List<Counted> counted = counting.stream().map(BackgroundFailure::join).toList();
        List<AgentFigures> agents =
                counted.stream().map(Counted::figures).filter(Objects::nonNull).toList();
        return new Report(
                request.swarm().value(),
                request.only(),
                window,
                request.changedSince(),
                agents,
                waits(agents, roll),
                new Report.Reading(
                        counted.stream().mapToInt(Counted::sampled).sum(),
                        counted.stream().mapToInt(Counted::damaged).sum()));
    }

    private Read read(AgentId agent, List<Gap> gaps, DocumentPlan plan) {
        Window window = request.window();
        List<Revision> versions = new ArrayList<>(between(agent, window.from(), window.until()));
        AgentDocuments documents = new AgentDocuments(versions);
        Handing handing = new Handing(documents);
        past.documents(agent, plan.wanted(versions), handing::take);
        handing.handOver();
        boolean isFromTheFirst = !versions.isEmpty() && isFirst(agent, versions.getFirst());
        if (isFromTheFirst) {
            versions.set(0, withFileTimes(versions.getFirst()));
        }
        return new Read(agent, versions, gaps, documents, earlier(agent, versions), isFromTheFirst);
    }

    private List<PastVersion> earlier(AgentId agent, List<Revision> versions) {
        if (versions.isEmpty()
                || versions.getFirst().observedAt().isAfter(request.window().from())) {
            return List.of();
        }
        List<Revision> earlier = new ArrayList<>(ofTheBeginning(agent, versions.getFirst()));
        Revision first = earlier.isEmpty() ? versions.getFirst() : earlier.getFirst();
        for (StatusField counter : CounterGains.COUNTERS) {
            // Without a later one nothing is gained, and what an agent never told would be looked for in all its
            // history.
            boolean isToldLater = versions.stream()
                    .anyMatch(version -> version.columns().text(counter).isPresent());
            if (isToldLater && first.columns().text(counter).isEmpty()) {
                past.at(agent, first.observedAt(), counter).ifPresent(earlier::add);
            }
        }
        return earlier.stream()
                .map(version -> new PastVersion(version, null))
                .distinct()
                .toList();
    }

    /** Of a version that came when the window begins, what was in force before and what else came at that moment. */
    private List<Revision> ofTheBeginning(AgentId agent, Revision first) {
        Instant from = request.window().from();
        return first.observedAt().equals(from)
                ? between(agent, from.minus(1, ChronoUnit.MICROS), from).stream()
                        .filter(version -> version.revision() != first.revision())
                        .toList()
                : List.of();
    }

    private boolean isFirst(AgentId agent, Revision version) {
        Instant observedAt = version.observedAt();
        return observedAt.isAfter(request.window().from())
                || past.at(agent, observedAt.minus(1, ChronoUnit.MICROS)).isEmpty();
    }

    /** The version with the times that its file told, by which alone somebody can tell how fresh it was. */
    private Revision withFileTimes(Revision first) {
        return past.revision(first.revision())
                .map(found -> new SlimVersions().apply(found.getValue()))
                .orElse(first);
    }

    private List<Revision> between(AgentId agent, Instant from, Instant until) {
        return past.between(agent, from, justAfter(until), SlimVersions.OF_EACH, new SlimVersions());
    }

    /** The roll leaves out the end of a stretch; a report does not, as nobody does who names a moment. */
    private static Instant justAfter(Instant end) {
        return end.plus(1, ChronoUnit.MICROS);
    }

    private Counted counted(Read read) {
        CurrentAgent current = request.current().get(read.agent());
        List<PastVersion> versions = new ArrayList<>();
        for (Revision revision : read.versions()) {
            Contents contents = read.documents().of(revision);
            PastVersion version = versions.isEmpty() && read.isFromTheFirst()
                    ? PastVersion.first(revision, contents)
                    : new PastVersion(revision, contents);
            versions.add(current == null ? version : version.with(current.entry()));
        }
        AgentPast ofAgent = new AgentPast(read.agent(), request.window(), versions, read.gaps(), read.earlier());
        return new Counted(
                isGone(ofAgent) ? null : AgentFigures.of(ofAgent, request, current),
                read.documents().read() < read.versions().size() ? 1 : 0,
                read.documents().damaged());
    }

    /** Whether the agent had left before the window began and did not come back. */
    private static boolean isGone(AgentPast past) {
        return !past.stretches().isEmpty()
                && past.stretches().stream().allMatch(stretch -> stretch.condition() == Condition.LEFT)
                && past.observed().isEmpty();
    }

    private static Waits waits(List<AgentFigures> agents, Set<AgentId> roll) {
        Map<AgentId, List<String>> blockers = new TreeMap<>();
        for (AgentFigures agent : agents) {
            if (!agent.end().blockers().isEmpty()) {
                blockers.put(agent.agent(), agent.end().blockers());
            }
        }
        return Waits.of(blockers, roll);
    }
}
