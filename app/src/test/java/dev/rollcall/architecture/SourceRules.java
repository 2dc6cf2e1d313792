package dev.rollcall.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The rules that only the text of a source file can answer. The limits are those of docs/architecture.md. */
final class SourceRules {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int MAX_PARAMETERS = 5;
    private static final Pattern UNFINISHED = Pattern.compile("(//|\\*) *(TODO|FIXME)\\b");

    /** The six questions that a port's Javadoc answers, each by the words that begin the answer. */
    private static final Map<String, Pattern> PORT_QUESTIONS = Map.of(
            "what one call does", Pattern.compile("what one call does"),
            "what is atomic", Pattern.compile("atomic"),
            "what a second call does", Pattern.compile("second call"),
            "what absent, empty or broken mean", Pattern.compile("absent|empty|broken"),
            "which exceptions", Pattern.compile("exceptions?:|exceptions?\\.</b>"),
            "which threads", Pattern.compile("threads?:|threads?\\.</b>"));

    private SourceRules() {}

    /** What is wrong with a file of this name and text, one sentence each. */
    static List<String> violations(String name, String text) {
        return violations(Map.of(name, text));
    }

    /** What is wrong with files, by their names: one sentence each. All go through one compiler, which is slow to start. */
    static List<String> violations(Map<String, String> texts) {
        List<String> found = new ArrayList<>();
        texts.forEach((name, text) -> {
            long lines = text.lines().count();
            if (lines >= FILE_LINES) {
                found.add(name + " has " + lines + " lines");
            }
            if (UNFINISHED.matcher(text).find()) {
                found.add(name + " is marked as unfinished");
            }
        });
        List<Source> sources = texts.entrySet().stream()
                .map(file -> new Source(file.getKey(), file.getValue()))
                .toList();
        JavacTask compiler = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, sources);
        SourcePositions positions = Trees.instance(compiler).getSourcePositions();
        for (CompilationUnitTree unit : parsed(compiler)) {
            new MethodScanner(unit.getSourceFile().getName().substring(1), unit, positions, found).scan(unit, null);
        }
        return found;
    }

    /** The questions that a port's source leaves open. */
    static List<String> openQuestions(String portSource) {
        String text = portSource.toLowerCase(Locale.ROOT);
        return PORT_QUESTIONS.entrySet().stream()
                .filter(question -> !question.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Iterable<? extends CompilationUnitTree> parsed(JavacTask compiler) {
        try {
            return compiler.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file whose text is known already. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        /** @param name its own name is the same, behind a slash */
        Source(String name, String text) {
            super(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Walks over the methods of one file. */
    private static final class MethodScanner extends TreeScanner<Void, ClassTree> {
        private final String file;
        private final CompilationUnitTree unit;
        private final List<String> found;
        private final SourcePositions positions;

        MethodScanner(String file, CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, ClassTree outer) {
            return super.visitClass(type, type);
        }

        @Override
        public Void visitMethod(MethodTree method, ClassTree type) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long length = lines.getLineNumber(positions.getEndPosition(unit, method)) - first + 1;
            String place = file + ":" + first + " " + method.getName();
            if (length >= METHOD_LINES) {
                found.add(place + " has " + length + " lines");
            }
            // A record's own constructor takes its components, which have a limit of their own.
            boolean ofRecord = type.getKind() == Tree.Kind.RECORD && method.getReturnType() == null;
            if (method.getParameters().size() > MAX_PARAMETERS && !ofRecord) {
                found.add(place + " takes " + method.getParameters().size() + " parameters");
            }
            return super.visitMethod(method, type);
        }
    }
}
