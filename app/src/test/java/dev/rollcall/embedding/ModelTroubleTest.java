package dev.rollcall.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.files.ChildJvm;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Embedder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model where its files or its native libraries are not as they should be. */
final class ModelTroubleTest {
    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws IOException {
        for (ModelFile file : ModelFile.values()) {
            try (InputStream in = ModelFile.class.getResourceAsStream("/" + file.fileName())) {
                Files.copy(in, path(file));
            }
        }
    }

    @Test
    void unpackedFilesGiveTheSameAsThoseOnTheClassPath() {
        try (Embedder unpacked = MiniLmEmbedder.load(folder);
                Embedder packed = MiniLmEmbedder.load(null)) {
            assertThat(unpacked.embed("which agent is blocked")).isEqualTo(packed.embed("which agent is blocked"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingFileIsNamed(ModelFile file) throws IOException {
        Files.delete(path(file));
        assertThat(problem().message()).isEqualTo("load the embedding model: there is no " + path(file));
    }

    @ParameterizedTest
    @EnumSource
    void aTruncatedFileIsNamed(ModelFile file) throws IOException {
        byte[] whole = Files.readAllBytes(path(file));
        for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            Files.write(path(file), Arrays.copyOf(whole, length));
            assertThat(problem().message())
                    .as("of %s bytes", length)
                    .isEqualTo("load the embedding model: " + path(file) + " is damaged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileWithOneOtherByteIsNamed(ModelFile file) throws IOException {
        byte[] bytes = Files.readAllBytes(path(file));
        bytes[bytes.length / 2] ^= 1;
        Files.write(path(file), bytes);
        assertThat(problem().message()).isEqualTo("load the embedding model: " + path(file) + " is damaged");
    }

    @ParameterizedTest
    @EnumSource
    void aFolderInPlaceOfAFileIsNamed(ModelFile file) throws IOException {
        Files.delete(path(file));
        Files.createDirectory(path(file));
        assertThat(problem().message()).contains(path(file).toString());
    }

    /** In processes of their own: a native library that is loaded stays loaded. */
    @Test
    void aTokenizerLibraryThatIsNoneIsTold() throws Exception {
        String name = System.mapLibraryName("tokenizers");
        Files.writeString(folder.resolve(name), "no library");
        assertThat(child(List.of(), folder.toString()))
                .startsWith("MODEL_UNAVAILABLE load the embedding model: the native library " + name
                        + " can not be loaded: ");
    }

    @Test
    void aRuntimeThatIsNotThereIsTold() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(child(List.of("-Donnxruntime.native.path=" + empty), folder.toString()))
                .startsWith("MODEL_UNAVAILABLE load the embedding model: its native runtime can not be loaded: ")
                .contains(empty.toString());
    }

    @Test
    void aMachineThatNobodyBuiltLibrariesForIsTold() throws Exception {
        assertThat(child(List.of("-Dos.arch=pdp11"), folder.toString()))
                .startsWith("MODEL_UNAVAILABLE load the embedding model: its native runtime can not be loaded: ")
                .contains("pdp11");
        assertThat(child(List.of("-Dos.arch=pdp11"), folder.toString(), "tokenizer"))
                .startsWith("MODEL_UNAVAILABLE load the embedding model: there is no ")
                .contains(System.mapLibraryName("tokenizers"));
    }

    @Test
    void nothingStaysBehindInTheHomeAndInTheFoldersForTemporaryFilesAndCaches() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        ProcessBuilder builder = ChildJvm.command(List.of(), Child.class, folder.toString());
        builder.command()
                .addAll(
                        1,
                        List.of(
                                "-Donnxruntime.native.path=" + unpackedRuntime(),
                                "-Duser.home=" + home,
                                "-Djava.io.tmpdir=" + home));
        for (String name : List.of("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR")) {
            builder.environment().put(name, home.toString());
        }
        builder.directory(home.toFile());
        assertThat(output(builder)).isEqualTo("fine");
        try (Stream<Path> left = Files.walk(home)) {
            assertThat(left).containsExactly(home);
        }
    }

    /** From 1.29 on the runtime's libraries report each use to a server, unless the environment forbids it in time. */
    @Test
    void theRuntimeKnowsNoServerToReportTo() throws IOException {
        for (String library : List.of(
                "linux-x64/libonnxruntime.so", "linux-aarch64/libonnxruntime.so", "osx-aarch64/libonnxruntime.dylib")) {
            try (InputStream in = ModelFile.class.getResourceAsStream("/ai/onnxruntime/native/" + library)) {
                String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains("events.data.microsoft.com"))
                        .as(library)
                        .isFalse();
            }
        }
    }

    /** As the launcher has it. Left to itself the runtime leaves an empty folder behind. */
    private Path unpackedRuntime() throws IOException {
        String machine = (System.getProperty("os.name").startsWith("Mac") ? "osx-" : "linux-")
                + System.getProperty("os.arch").replace("amd64", "x64");
        Path runtime = Files.createDirectory(folder.resolve("runtime"));
        for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String file = System.mapLibraryName(library);
            try (InputStream in =
                    ModelFile.class.getResourceAsStream("/ai/onnxruntime/native/" + machine + "/" + file)) {
                Files.copy(in, runtime.resolve(file));
            }
        }
        return runtime;
    }

    private Path path(ModelFile file) {
        return folder.resolve(file.fileName());
    }

    private Problem problem() {
        Problem problem = catchThrowableOfType(
                        ProblemException.class,
                        () -> MiniLmEmbedder.load(folder).close())
                .problem();
        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_UNAVAILABLE);
        assertThat(problem.hint()).isNotEmpty();
        return problem;
    }

    private static String child(List<String> options, String... arguments) throws Exception {
        ProcessBuilder builder = ChildJvm.command(List.of(), Child.class, arguments);
        builder.command().addAll(1, options);
        return output(builder);
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /** Loads and uses the model of a folder, or the tokenizer alone, and tells what came of it. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            try {
                if (args.length > 1) {
                    WordPieces.load(new ModelFiles(folder)).close();
                } else {
                    try (Embedder embedder = MiniLmEmbedder.load(folder)) {
                        embedder.embed("a text");
                    }
                }
                System.out.println("fine");
            } catch (ProblemException e) {
                System.out.println(e.problem().code() + " " + e.problem().message());
            }
        }
    }
}
