package dev.rollcall.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.rollcall.architecture.ArchitecturePage.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who may use whom and what.
 *
 * @param page the tables that say so
 * @param root the package below which the table's packages are
 */
record PackageRules(ArchitecturePage page, String root) {
    /** Every rule by the words that name it. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("packages use only what the table allows", classes().should(useOnlyAllowedPackages()));
        page.libraries()
                .forEach((library, users) -> rules.put(library + " only in " + users, libraryStaysIn(library, users)));
        rules.put(
                "clock, environment and random identities only in app",
                noClasses()
                        .that(areIn(Set.of("app")).negate())
                        .should(callMethodWhere(readsClockOrEnvironment()))
                        .allowEmptyShould(true));
        rules.put("packages are null-marked", classes().should(liveInNullMarkedPackages()));
        return rules;
    }

    private ArchRule libraryStaysIn(String library, Set<String> users) {
        return noClasses()
                .that(areIn(users).negate())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .allowEmptyShould(true);
    }

    private DescribedPredicate<JavaClass> areIn(Set<String> packages) {
        return DescribedPredicate.describe("are in " + packages, type -> packages.contains(packageOf(type)));
    }

    /** The name of the class's package directly below the root; empty outside of it. */
    private String packageOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!name.startsWith(root + ".")) {
            return "";
        }
        String below = name.substring(root.length() + 1);
        return below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
    }

    private ArchCondition<JavaClass> useOnlyAllowedPackages() {
        return new ArchCondition<>("use only what the table in docs/architecture.md allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String user = packageOf(type);
                    String used = packageOf(dependency.getTargetClass());
                    if (!used.isEmpty() && !isAllowed(user, used)) {
                        events.add(SimpleConditionEvent.violated(
                                dependency, user + " may not use " + used + ": " + dependency.getDescription()));
                    }
                }
            }
        };
    }

    private boolean isAllowed(String user, String used) {
        Row row = page.packages().get(user);
        return user.equals(used)
                || used.equals("problem")
                || (row != null && row.mayUse().contains(used));
    }

    private static DescribedPredicate<JavaMethodCall> readsClockOrEnvironment() {
        return DescribedPredicate.describe("reads clock, environment or chance", call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getName();
            return switch (owner) {
                case "java.lang.System" -> Set.of("currentTimeMillis", "getenv").contains(name);
                case "java.util.UUID" -> name.equals("randomUUID");
                case "java.time.Clock", "java.time.InstantSource" ->
                    name.startsWith("system") || name.startsWith("tick");
                default -> owner.startsWith("java.time.") && name.equals("now");
            };
        });
    }

    private static ArchCondition<JavaClass> liveInNullMarkedPackages() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }
}
