package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Passages;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A roll without the prose that agents write outside the members that every reader knows. */
record KnownMembers(RollPassages all) implements RollPassages {
    private static final Set<String> FIELDS = Set.of(
            Passages.PROFILE,
            "role",
            "mission",
            "phase",
            "current_task",
            "completed_task",
            "achievement",
            "blocker",
            "next_action");

    @Override
    public Place place() {
        return all.place();
    }

    @Override
    public Counts counts() {
        return all.counts();
    }

    @Override
    public void vectors(String model, long above, Predicate<PassageIndex.Numbered> each) {
        all.vectors(model, above, each);
    }

    @Override
    public Shared shared(Place place) {
        return all.shared(place);
    }

    @Override
    public WordMatches byWords(List<String> words, int atMost) {
        return all.byWords(words, atMost);
    }

    @Override
    public List<FoundPassage> found(Collection<Long> numbers) {
        return known(all.found(numbers));
    }

    @Override
    public List<FoundPassage> of(AgentId agent) {
        return known(all.of(agent));
    }

    @Override
    public List<FoundPassage> of(AgentId agent, List<String> fields) {
        return known(all.of(agent, fields));
    }

    private static List<FoundPassage> known(List<FoundPassage> passages) {
        return passages.stream()
                .filter(passage -> FIELDS.contains(passage.field()))
                .toList();
    }
}
