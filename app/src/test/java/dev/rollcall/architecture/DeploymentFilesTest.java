package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Holds deploy/compose.yaml to the schema of the Compose specification and deploy/kubernetes.yaml to a schema of
 * Kubernetes' types. Neither runs here.
 */
class DeploymentFilesTest {
    private static final Path FOLDER = Path.of("..", "deploy");
    private static final String COMPOSE_SCHEMA = "/schemas/compose-spec.json";

    /** In the jar of {@code io.fabric8:kubernetes-model-apps}, made from the types in Go. */
    private static final String KUBERNETES_SCHEMA = "/schema/kube-schema.json";

    /** Types that are something else in YAML than the fields of their Go types. */
    private static final Map<String, String> WRITTEN_OTHERWISE = Map.of(
            "kubernetes_apimachinery_pkg_util_intstr_IntOrString",
            """
            {"type": ["integer", "string"]}""",
            "k8s_io_apimachinery_pkg_api_resource_Quantity",
            """
            {"type": ["integer", "string"], "pattern": "^[0-9]+(\\\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$"}""");

    private static final Map<String, String> KINDS = Map.of(
            "v1/Service", "kubernetes_core_Service",
            "v1/PersistentVolumeClaim", "kubernetes_core_PersistentVolumeClaim",
            "apps/v1/Deployment", "kubernetes_apps_Deployment",
            "apps/v1/StatefulSet", "kubernetes_apps_StatefulSet");

    private static Schema compose;
    private static final Map<String, Schema> kubernetes = new TreeMap<>();

    @BeforeAll
    static void readTheSchemas() throws IOException {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        ObjectNode specification = (ObjectNode) resource(COMPOSE_SCHEMA);
        // a name without a place, which the library does not take
        specification.remove("$id");
        compose = registry.getSchema(specification);
        ObjectNode types = (ObjectNode) resource(KUBERNETES_SCHEMA);
        ObjectNode definitions = (ObjectNode) types.required("definitions");
        WRITTEN_OTHERWISE.forEach((name, schema) -> {
            assertThat(definitions.has(name)).as(name).isTrue();
            definitions.set(name, JsonMapper.shared().readTree(schema));
        });
        definitions.values().forEach(DeploymentFilesTest::makeStrict);
        KINDS.forEach((kind, name) -> {
            ObjectNode ofKind = JsonMapper.shared().createObjectNode();
            ofKind.set("definitions", definitions);
            ofKind.put("$ref", "#/definitions/" + name);
            kubernetes.put(kind, registry.getSchema(ofKind));
        });
    }

    /**
     * The schema lets every type have further members, since a newer server may know more, and tells at the member itself
     * whether it is required, as the third draft did.
     */
    private static void makeStrict(JsonNode type) {
        if (type.get("properties") instanceof ObjectNode members && type instanceof ObjectNode open) {
            ArrayNode required = JsonMapper.shared().createArrayNode();
            members.propertyStream().forEach(member -> {
                JsonNode said = ((ObjectNode) member.getValue()).remove("required");
                if (said != null && said.asBoolean()) {
                    required.add(member.getKey());
                }
            });
            open.set("required", required);
            open.put("additionalProperties", false);
        }
    }

    private static JsonNode resource(String name) throws IOException {
        try (InputStream bytes = DeploymentFilesTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(bytes, name));
        }
    }

    @Test
    void theComposeFileIsAsTheSpecificationSays() throws IOException {
        assertThat(wrongInCompose(Files.readString(FOLDER.resolve("compose.yaml"))))
                .isEmpty();
    }

    @Test
    void theKubernetesFileIsAsTheTypesSay() throws IOException {
        assertThat(wrongInKubernetes(Files.readString(FOLDER.resolve("kubernetes.yaml"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "compose.yaml,    healthcheck:,          healthchek:",
        "compose.yaml,    stop_grace_period:,    stop_grace_perod:",
        "compose.yaml,    condition: service_healthy, condition: healthy",
        "compose.yaml,    retries: 24,           retries: [24]",
        "kubernetes.yaml, livenessProbe:,        livenesProbe:",
        "kubernetes.yaml, secretName:,           secret:",
        "kubernetes.yaml, replicas: 1,           replicas: one",
        "kubernetes.yaml, memory: 1Gi,           memory: 1 GB",
        "kubernetes.yaml, targetPort: postgres,  targetPort: [5432]",
        "kubernetes.yaml, readOnly: true,        readonly: true",
        "kubernetes.yaml, kind: StatefulSet,     kind: StatefullSet",
        "kubernetes.yaml, apiVersion: v1,        version: v1",
    })
    void aWrongWordIsSeen(String file, String right, String wrong) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));
        assertThat(text).contains(right);

        String altered = text.replaceFirst(right, wrong);

        assertThat(file.equals("compose.yaml") ? wrongInCompose(altered) : wrongInKubernetes(altered))
                .isNotEmpty();
    }

    @Test
    void bothSayFirstThatTheyDidNotRunHere() throws IOException {
        for (String name : List.of("compose.yaml", "kubernetes.yaml", "Dockerfile")) {
            assertThat(Files.readString(FOLDER.resolve(name))).as(name).matches("# NOT (RUN|BUILT) (?s:.*)");
        }
    }

    /** What no schema can say: a volume is mounted by its name, and a selector finds its pods. */
    @Test
    void theKubernetesFileMeansItself() throws IOException {
        for (JsonNode object : documents(Files.readString(FOLDER.resolve("kubernetes.yaml")))) {
            JsonNode pod = object.at("/spec/template/spec");
            if (pod.isMissingNode()) {
                continue;
            }
            List<String> volumes = new ArrayList<>(pod.at("/volumes")
                    .valueStream()
                    .map(volume -> volume.required("name").asString())
                    .toList());
            object.at("/spec/volumeClaimTemplates")
                    .valueStream()
                    .map(claim -> claim.at("/metadata/name").asString())
                    .forEach(volumes::add);
            List<String> mounted = new ArrayList<>();
            for (String containers : List.of("initContainers", "containers")) {
                pod.at("/" + containers)
                        .valueStream()
                        .flatMap(container -> container.at("/volumeMounts").valueStream())
                        .forEach(mount -> mounted.add(mount.required("name").asString()));
            }

            assertThat(mounted).hasSameElementsAs(volumes);
            assertThat(object.at("/spec/selector/matchLabels")).isEqualTo(object.at("/spec/template/metadata/labels"));
        }
    }

    /** Passwords come from files that are made when somebody sets this up. */
    @Test
    void noPasswordIsInThem() throws IOException {
        for (String name : List.of("compose.yaml", "kubernetes.yaml")) {
            String used = Files.readString(FOLDER.resolve(name))
                    .lines()
                    .filter(line -> !line.strip().startsWith("#"))
                    .collect(Collectors.joining("\n"))
                    .toLowerCase(Locale.ROOT);
            assertThat(used)
                    .as(name)
                    .doesNotContain("postgres_password:", "?password=", "&password=", "stringdata", "kind: secret");
        }
    }

    private static List<Error> wrongInCompose(String yaml) {
        return compose.validate(documents(yaml).getFirst());
    }

    private static List<String> wrongInKubernetes(String yaml) {
        List<String> wrong = new ArrayList<>();
        for (JsonNode object : documents(yaml)) {
            String kind = object.path("apiVersion").asString("") + "/"
                    + object.path("kind").asString("");
            Schema schema = kubernetes.get(kind);
            if (schema == null) {
                wrong.add("no kind that is known here: " + kind);
            } else {
                schema.validate(object).forEach(error -> wrong.add(kind + error));
            }
        }
        return wrong;
    }

    private static List<JsonNode> documents(String yaml) {
        try (var all = YAMLMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return all.readAll();
        }
    }
}
