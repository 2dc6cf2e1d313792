package dev.rollcall.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The routes that the OpenAPI description promises. */
record ApiRoutes(JsonNode description) {
    /** What is done before and after every route is none itself. */
    private static final Set<String> AROUND_ROUTES = Set.of("BEFORE", "AFTER");

    static final ObjectMapper JSON = new ObjectMapper();

    /** One of them, with a path that can be asked for. */
    record Route(String method, String template, JsonNode operation) {
        String path(String agent) {
            String path = template.replaceAll("\\{\\w+}", agent);
            List<String> required = new ArrayList<>();
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asString().equals("query")
                        && parameter.path("required").asBoolean()) {
                    required.add(parameter.path("name").asString() + "=status");
                }
            }
            return required.isEmpty() ? path : path + "?" + String.join("&", required);
        }

        boolean isStream() {
            return template.endsWith("/events");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    static ApiRoutes promised() {
        try (InputStream in = ApiRoutes.class.getResourceAsStream("openapi.json")) {
            return new ApiRoutes(JSON.readTree(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Those of a window, whether they are promised or not. */
    static List<Route> every(OpenWindow open) {
        List<Route> routes = new ArrayList<>(promised().routes());
        for (String other : open.window.routes()) {
            String[] words = other.split(" ");
            if (!AROUND_ROUTES.contains(words[0])
                    && routes.stream().noneMatch(route -> route.toString().equals(other))) {
                routes.add(new Route(words[0], words[1], JSON.createObjectNode()));
            }
        }
        return routes;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> routes.add(new Route(
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                method.getValue()))));
        return routes;
    }

    /** A schema of the description, able to stand alone. */
    JsonNode schema(String reference) {
        var schema = JSON.createObjectNode();
        schema.put("$ref", reference);
        schema.set("components", description.path("components"));
        return schema;
    }
}
