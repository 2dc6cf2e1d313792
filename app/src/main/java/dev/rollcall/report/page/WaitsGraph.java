package dev.rollcall.report.page;

import dev.rollcall.document.AgentId;
import dev.rollcall.report.SafeText;
import dev.rollcall.report.Waits;
import dev.rollcall.report.WaitsFor;
import dev.rollcall.report.page.Svg.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Agents on a ring, with an arrow from each that waits to the one that it waits for; waits in a circle stand out. */
final class WaitsGraph {
    /** Agents on the ring; with more the arrows are a tangle, and the table tells more. */
    static final int MOST = 24;

    private static final int WIDTH = 720;
    private static final int RADIUS = 130;
    private static final int NODE = 7;

    private WaitsGraph() {}

    static String of(Waits waits) {
        Set<AgentId> agents = new TreeSet<>();
        for (WaitsFor wait : inCirclesFirst(waits)) {
            if (agents.size() < MOST) {
                agents.add(wait.waiting());
                agents.add(wait.awaited());
            }
        }
        int height = 2 * RADIUS + 70;
        Svg svg = new Svg("waits", WIDTH, height);
        Map<AgentId, double[]> places = places(agents, height);
        for (WaitsFor wait : waits.waits()) {
            double[] from = places.get(wait.waiting());
            double[] to = places.get(wait.awaited());
            if (from != null && to != null) {
                arrow(svg, from, to, isInCircle(wait, waits) ? "arrow circle" : "arrow");
            }
        }
        places.forEach((agent, place) -> node(svg, agent, place));
        return svg.done(
                "Who waits for whom",
                "An arrow leads from each agent that waits to the one its blocker names; the table below tells the same.");
    }

    private static List<WaitsFor> inCirclesFirst(Waits waits) {
        List<WaitsFor> sorted = new ArrayList<>(waits.waits());
        sorted.sort((a, b) -> Boolean.compare(isInCircle(b, waits), isInCircle(a, waits)));
        return sorted;
    }

    private static boolean isInCircle(WaitsFor wait, Waits waits) {
        return waits.circles().stream()
                .anyMatch(circle -> new HashSet<>(circle).containsAll(List.of(wait.waiting(), wait.awaited())));
    }

    private static Map<AgentId, double[]> places(Set<AgentId> agents, int height) {
        Map<AgentId, double[]> places = new HashMap<>();
        int i = 0;
        for (AgentId agent : agents) {
            double angle = 2 * Math.PI * i++ / agents.size() - Math.PI / 2;
            places.put(agent, new double[] {
                WIDTH / 2.0 + RADIUS * 1.4 * Math.cos(angle), height / 2.0 + RADIUS * Math.sin(angle)
            });
        }
        return places;
    }

    /** Bent towards the middle, so that two that wait for each other are two arrows. */
    private static void arrow(Svg svg, double[] from, double[] to, String style) {
        double length = Math.max(1, Math.hypot(to[0] - from[0], to[1] - from[1]));
        double along = (to[0] - from[0]) / length;
        double across = (to[1] - from[1]) / length;
        double bendX = (from[0] + to[0]) / 2 - across * 18;
        double bendY = (from[1] + to[1]) / 2 + along * 18;
        double tipX = to[0] - along * (NODE + 3);
        double tipY = to[1] - across * (NODE + 3);
        svg.path(
                "M" + Svg.number(from[0]) + " " + Svg.number(from[1]) + "Q" + Svg.number(bendX) + " "
                        + Svg.number(bendY) + " " + Svg.number(tipX) + " " + Svg.number(tipY),
                style);
        svg.path(
                "M" + Svg.number(tipX) + " " + Svg.number(tipY) + "l" + Svg.number(-along * 9 - across * 5) + " "
                        + Svg.number(-across * 9 + along * 5) + "l" + Svg.number(across * 10) + " "
                        + Svg.number(-along * 10) + "z",
                style + " tip");
    }

    private static void node(Svg svg, AgentId agent, double[] place) {
        svg.rect(new Svg.Box(place[0] - NODE, place[1] - NODE, 2 * NODE, 2 * NODE), "node", "");
        boolean isLeft = place[0] < WIDTH / 2.0 - 1;
        svg.text(
                new Spot(place[0] + (isLeft ? -NODE - 6 : NODE + 6), place[1] + 4, isLeft ? "end" : "start"),
                "name",
                SafeText.cut(agent.value(), 24));
    }
}
