package dev.rollcall.app;

import dev.rollcall.app.SearchAnswers.Source;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Hit;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Answers as lines of text, on their way from a running watch to whoever asked it. Pure. */
final class AnswerLines {
    private static final String ANSWER = "answer";
    private static final String NOTICE = "notice";

    /** Left out for {@link Source#TEXTS}. */
    private static final String SOURCE = "source";

    /** Left out for none. */
    private static final String MORE = "more";

    private static final int FIELDS = 15;

    private AnswerLines() {}

    static String write(SearchAnswers told) {
        StringBuilder lines = new StringBuilder();
        for (Answer answer : told.answers()) {
            Hit hit = answer.hit();
            FoundPassage passage = hit.passage();
            lines.append(String.join(
                            "\t",
                            ANSWER,
                            hit.agent().value(),
                            String.valueOf(hit.score()),
                            hit.strength().name(),
                            String.valueOf(hit.similarity()),
                            String.valueOf(hit.sharedWords()),
                            String.valueOf(hit.profile()),
                            answer.state().name(),
                            answer.freshness().name(),
                            String.valueOf(passage.number()),
                            escaped(passage.field()),
                            escaped(passage.text()),
                            String.valueOf(passage.revision()),
                            passage.at().toString(),
                            passage.when().name()))
                    .append('\n');
        }
        told.notices()
                .forEach(notice -> lines.append(NOTICE)
                        .append('\t')
                        .append(escaped(notice))
                        .append('\n'));
        if (told.source() != Source.TEXTS) {
            lines.append(SOURCE).append('\t').append(told.source().name()).append('\n');
        }
        if (told.more() > 0) {
            lines.append(MORE).append('\t').append(told.more()).append('\n');
        }
        return lines.toString();
    }

    /** @throws IllegalArgumentException for lines that no {@link #write} wrote */
    static SearchAnswers read(String lines) {
        List<Answer> answers = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        Source source = Source.TEXTS;
        int more = 0;
        for (String line : lines.split("\n")) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals(NOTICE) && fields.length == 2) {
                notices.add(unescaped(fields[1]));
            } else if (fields[0].equals(ANSWER) && fields.length == FIELDS) {
                answers.add(readable(fields));
            } else if (fields[0].equals(SOURCE) && fields.length == 2) {
                source = Source.valueOf(fields[1]);
            } else if (fields[0].equals(MORE) && fields.length == 2) {
                more = Integer.parseInt(fields[1]);
            } else if (!line.isEmpty()) {
                throw new IllegalArgumentException("no answer of a watch: " + fields.length + " fields");
            }
        }
        return new SearchAnswers(answers, notices, source, more);
    }

    private static Answer readable(String[] fields) {
        try {
            return answer(fields);
        } catch (DateTimeParseException | ProblemException unreadable) {
            throw new IllegalArgumentException("no answer of a watch: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Answer answer(String[] fields) {
        AgentId agent = new AgentId(fields[1]);
        FoundPassage passage = new FoundPassage(
                Long.parseLong(fields[9]),
                agent,
                unescaped(fields[10]),
                unescaped(fields[11]),
                Long.parseLong(fields[12]),
                Instant.parse(fields[13]),
                When.valueOf(fields[14]),
                null);
        Hit hit = new Hit(
                agent,
                Double.parseDouble(fields[2]),
                Strength.valueOf(fields[3]),
                passage,
                Double.parseDouble(fields[4]),
                Double.parseDouble(fields[5]),
                Double.parseDouble(fields[6]));
        return new Answer(hit, State.valueOf(fields[7]), Freshness.valueOf(fields[8]));
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char next = text.charAt(++i);
            plain.append(next == 't' ? '\t' : next == 'n' ? '\n' : next);
        }
        return plain.toString();
    }
}
