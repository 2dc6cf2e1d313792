package dev.rollcall.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a class may look like: names, records, parameters, ports. The limits are those of docs/architecture.md. */
final class ShapeRules {
    private static final int MAX_RECORD_COMPONENTS = 9;
    private static final int MAX_PORT_METHODS = 10;
    private static final List<String> FORBIDDEN_ENDINGS = List.of(
            "Impl", "Manager", "Helper", "Util", "Utils", "Service", "Processor", "Base", "DTO", "Port", "Interface");

    private ShapeRules() {}

    /** Every rule by the words that name it. */
    static Map<String, ArchRule> all(Set<String> ports) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("names are domain nouns", rule("have a name that is a domain noun", ShapeRules::forbiddenName));
        rules.put(
                "records have at most 9 components",
                rule("have at most " + MAX_RECORD_COMPONENTS + " components", ShapeRules::tooManyComponents));
        rules.put("no boolean parameters in public methods", rule("take no boolean", ShapeRules::booleanParameters));
        rules.put("Optional is never stored or passed", rule("only return Optional", ShapeRules::keptOptionals));
        rules.put(
                "ports have at most 10 methods",
                rule("have at most " + MAX_PORT_METHODS + " methods", type -> tooManyMethods(type, ports)));
        return rules;
    }

    private static ArchRule rule(String description, Function<JavaClass, Stream<String>> violations) {
        return classes().should(new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                violations.apply(type).forEach(text -> events.add(SimpleConditionEvent.violated(type, text)));
            }
        });
    }

    private static Stream<String> forbiddenName(JavaClass type) {
        return FORBIDDEN_ENDINGS.stream()
                .filter(ending -> type.getSimpleName().endsWith(ending))
                .map(ending -> type.getName() + " ends in " + ending);
    }

    private static Stream<String> tooManyComponents(JavaClass type) {
        if (!type.isRecord()) {
            return Stream.empty();
        }
        long components = type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .count();
        return components <= MAX_RECORD_COMPONENTS
                ? Stream.empty()
                : Stream.of(type.getName() + " has " + components + " components");
    }

    private static Stream<String> booleanParameters(JavaClass type) {
        if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
            return Stream.empty();
        }
        return type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> method.getRawParameterTypes().stream().anyMatch(ShapeRules::isBoolean))
                .filter(method -> !isDictated(method))
                .map(method -> method.getFullName() + " takes a boolean");
    }

    private static boolean isBoolean(JavaClass type) {
        return type.getName().equals("boolean") || type.getName().equals("java.lang.Boolean");
    }

    /** Whether a library's type demands the method as it is. */
    private static boolean isDictated(JavaMethod method) {
        return Stream.concat(
                        method.getOwner().getAllRawSuperclasses().stream(),
                        method.getOwner().getAllRawInterfaces().stream())
                .filter(parent -> !parent.getPackageName().startsWith("dev.rollcall"))
                .flatMap(parent -> parent.getMethods().stream())
                .anyMatch(other -> other.getName().equals(method.getName())
                        && other.getRawParameterTypes().size()
                                == method.getRawParameterTypes().size());
    }

    private static Stream<String> keptOptionals(JavaClass type) {
        Stream<String> stored = type.getFields().stream()
                .filter(field -> !isSynthetic(field))
                .filter(field -> field.getRawType().isEquivalentTo(Optional.class))
                .map(field -> field.getFullName() + " stores an Optional");
        Stream<String> passed = type.getCodeUnits().stream()
                .filter(unit -> !isSynthetic(unit))
                .filter(unit -> unit.getRawParameterTypes().stream()
                        .anyMatch(parameter -> parameter.isEquivalentTo(Optional.class)))
                .map(unit -> unit.getFullName() + " is passed an Optional");
        return Stream.concat(stored, passed);
    }

    private static boolean isSynthetic(JavaField field) {
        return field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isSynthetic(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                || unit.getName().startsWith("lambda$");
    }

    private static Stream<String> tooManyMethods(JavaClass type, Set<String> ports) {
        long methods = type.getMethods().size();
        return ports.contains(type.getSimpleName()) && type.isInterface() && methods > MAX_PORT_METHODS
                ? Stream.of(type.getName() + " has " + methods + " methods")
                : Stream.empty();
    }
}
