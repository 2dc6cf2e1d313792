package dev.rollcall.dashboard;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What pages did on their main threads, traced by the browser: processor time, which other programs do not lengthen. */
final class MainThread {
    private MainThread() {}

    /** Milliseconds of processor time of each task of more than a tenth of one while something is done, longest first. */
    static List<Double> tasks(Chrome chrome, Page page, Runnable work) {
        chrome.browser.startTracing(page, new Browser.StartTracingOptions().setCategories(List.of("toplevel")));
        work.run();
        byte[] trace = chrome.browser.stopTracing();
        JsonArray events = new Gson()
                .fromJson(new String(trace, StandardCharsets.UTF_8), JsonObject.class)
                .getAsJsonArray("traceEvents");
        Set<String> threads = new HashSet<>();
        events.forEach(event -> {
            JsonObject one = event.getAsJsonObject();
            if (text(one, "name").equals("thread_name")
                    && text(one.getAsJsonObject("args"), "name").equals("CrRendererMain")) {
                threads.add(thread(one));
            }
        });
        List<Double> tasks = new ArrayList<>();
        events.forEach(event -> {
            JsonObject one = event.getAsJsonObject();
            if (text(one, "name").endsWith("RunTask") && one.has("tdur") && threads.contains(thread(one))) {
                double millis = one.get("tdur").getAsDouble() / 1_000;
                if (millis > 0.1) {
                    tasks.add(Math.round(10 * millis) / 10.0);
                }
            }
        });
        return tasks.stream().sorted(java.util.Comparator.reverseOrder()).toList();
    }

    private static String thread(JsonObject event) {
        return text(event, "pid") + " " + text(event, "tid");
    }

    private static String text(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsString() : "";
    }
}
