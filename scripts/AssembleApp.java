import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.sqlite.util.OSInfo;

/**
 * Puts together what the launcher runs: a jar of Rollcall and its libraries, another of those
 * that only the window needs, and beside them the native libraries and the
 * embedding model. Run by build-app.sh as {@code java AssembleApp.java MAVEN_TARGET APP_FOLDER}, with the libraries on the
 * class path.
 *
 * <p>picocli is compiled from its sources on the way: its published class files are of Java 5, which the JVM's start-up
 * cache refuses.
 */
final class AssembleApp {
    /** Of classes in several versions, the one for this JVM, in the place of the oldest. */
    private static final Map<String, String> AS_THIS_JVM_SEES_IT = Map.of("releaseVersion", "runtime");

    private static final String WINDOW = "javalin|jetty-.*|jakarta\\..*|kotlin-.*|annotations|mcp|mcp-.*|json-schema-.*|itu"
            + "|jackson-databind|jackson-annotations|jackson-dataformat-.*|snakeyaml-.*|reactor-.*|reactive-.*|uplot";

    private final Path target;
    private final Path app;

    private AssembleApp(Path target, Path app) {
        this.target = target;
        this.app = app;
    }

    public static void main(String[] args) throws IOException {
        AssembleApp assembly = new AssembleApp(Path.of(args[0]), Path.of(args[1]));
        assembly.jars();
        assembly.nativeLibraries();
        assembly.model();
    }

    private void jars() throws IOException {
        Path picocli = compilePicocli();
        try (FileSystem jar = newJar("rollcall.jar")) {
            Path root = jar.getPath("/");
            Path manifest = Files.createDirectory(root.resolve("META-INF")).resolve("MANIFEST.MF");
            Files.writeString(manifest, "Manifest-Version: 1.0\r\nMain-Class: dev.rollcall.cli.Main\r\n\r\n");
            copyTree(plainClasses(), root);
            copyTree(picocli, root);
            deleteTree(picocli);
            merge(libraries().filter(library -> !isOfWindow(library)), root);
        }
        try (FileSystem jar = newJar("window.jar")) {
            merge(libraries().filter(AssembleApp::isOfWindow), jar.getPath("/"));
        }
    }

    /** Stored, not compressed: the jars are read at every start and never sent anywhere. */
    private FileSystem newJar(String name) throws IOException {
        return FileSystems.newFileSystem(
                URI.create("jar:" + app.resolve(name).toUri()),
                Map.of("create", "true", "compressionMethod", "STORED"));
    }

    /** What only the window and MCP need; a jar that nothing is loaded from is not even opened. */
    private static boolean isOfWindow(Path library) {
        return library.getFileName().toString().matches("(" + WINDOW + ")-.*");
    }

    private static void merge(Stream<Path> libraries, Path root) throws IOException {
        for (Path library : libraries.toList()) {
            try (FileSystem source = FileSystems.newFileSystem(library, AS_THIS_JVM_SEES_IT)) {
                copyTree(source.getPath("/"), root);
            }
        }
    }

    /** Our own classes, in place. */
    private Path plainClasses() throws IOException {
        Path classes = target.resolve("classes");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                Files.write(file, PlainTypeSwitches.in(Files.readAllBytes(file), loader));
            }
        }
        return classes;
    }

    private Stream<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(target.resolve("lib"))) {
            return files
                    .filter(file -> !file.getFileName().toString().startsWith("picocli-"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private Path compilePicocli() throws IOException {
        Path sources = Files.createDirectories(app.resolve("picocli-sources"));
        Path classes = Files.createDirectories(app.resolve("picocli-classes"));
        try (Stream<Path> jars = Files.list(target.resolve("picocli"));
                FileSystem jar = FileSystems.newFileSystem(jars.findFirst().orElseThrow())) {
            copyTree(jar.getPath("/"), sources);
        }
        List<String> options =
                new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-nowarn", "-Xlint:none", "-g"));
        try (Stream<Path> files = Files.walk(sources.resolve("picocli"))) {
            files.filter(file -> file.toString().endsWith(".java")).map(Path::toString).forEach(options::add);
        }
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        if (errors != 0) {
            throw new IllegalStateException("picocli's sources do not compile");
        }
        deleteTree(sources);
        return classes;
    }

    /** The libraries of this machine as files, because unpacking them at every start takes 70 ms. */
    private void nativeLibraries() throws IOException {
        Path folder = Files.createDirectory(app.resolve("native"));
        String sqlite = System.mapLibraryName("sqlitejdbc").replace(".jnilib", ".dylib");
        extract("/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + sqlite, folder.resolve("sqlite"));
        extract(zstdResource(), folder.resolve("zstd"));
    }

    /** Where zstd-jni keeps its library, by the rule in its class Native. */
    private String zstdResource() throws IOException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        boolean mac = os.startsWith("mac");
        String folder = mac ? "/darwin/" + (arch.equals("amd64") ? "x86_64" : arch) : "/linux/" + arch;
        for (Path library : libraries().toList()) {
            if (library.getFileName().toString().startsWith("zstd-jni-")) {
                String version = library.getFileName().toString().replaceAll("^zstd-jni-|\\.jar$", "");
                return folder + "/libzstd-jni-" + version + (mac ? ".dylib" : ".so");
            }
        }
        throw new IllegalStateException("zstd-jni is not among " + libraries().toList());
    }

    /**
     * What the search by meaning needs. On a machine that its libraries were not built for everything else works: they are
     * left out, and the search says so.
     */
    private void model() throws IOException {
        Path folder = Files.createDirectory(app.resolve("model"));
        for (String file : List.of("all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q-tokenizer.json")) {
            extract("/" + file, folder.resolve(file));
        }
        String system = System.getProperty("os.name").startsWith("Mac") ? "osx-" : "linux-";
        String arch = System.getProperty("os.arch");
        String tokenizers = System.mapLibraryName("tokenizers");
        extractIfBuilt(
                "/native/lib/" + system + arch.replace("amd64", "x86_64") + "/cpu/" + tokenizers, folder.resolve(tokenizers));
        for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String library = System.mapLibraryName(name);
            extractIfBuilt(
                    "/ai/onnxruntime/native/" + system + arch.replace("amd64", "x64") + "/" + library,
                    app.resolve("native").resolve(library));
        }
    }

    private static void extractIfBuilt(String resource, Path file) throws IOException {
        if (AssembleApp.class.getResource(resource) == null) {
            System.out.println("no library for this machine, searching by meaning will not work: " + resource);
        } else {
            extract(resource, file);
        }
    }

    private static void extract(String resource, Path file) throws IOException {
        try (var in = AssembleApp.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no native library for this machine: " + resource);
            }
            Files.copy(in, file);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                Path place = to.resolve(name);
                if (name.startsWith("META-INF/services/") && Files.exists(place)) {
                    Files.writeString(place, "\n" + Files.readString(file), StandardOpenOption.APPEND);
                } else if (isWanted(name)) {
                    Files.createDirectories(place.toAbsolutePath().getParent());
                    Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /**
     * Native libraries and the model go into files of their own; of DJL and LangChain4j only these are used, and the
     * declarations of the native functions. Module descriptors and signatures mean nothing in a merged jar.
     */
    private static boolean isWanted(String name) {
        return !name.endsWith("module-info.class")
                && !name.matches("(org/sqlite/native|linux|darwin|freebsd|win|aix)/.*")
                && !name.matches("(native/lib|ai/onnxruntime/native|nlp|cv)/.*|ai/djl/(?!huggingface/tokenizers/jni/).*")
                && !name.matches("all-minilm-l6-v2-q.*|dev/langchain4j/.*|META-INF/services/(ai\\.djl|dev\\.langchain4j)\\..*")
                && !name.matches("META-INF/(versions/.*|MANIFEST\\.MF|INDEX\\.LIST|.*\\.(SF|RSA|DSA))");
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
