package dev.rollcall.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody would have to write to make a page do something: a document for each of a hundred agents. */
final class HostileDocuments {
    private static final List<String> TEXTS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\\\"><svg/onload=alert(1)>",
            "' onmouseover='alert(1)",
            "javascript:alert(1)",
            "</title><script>alert(1)</script>",
            "</textarea></pre></code></style><b>bold</b>",
            "<!--",
            "]]>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<a href=\\\"javascript:alert(1)\\\">click</a>",
            "<iframe srcdoc=\\\"<script>alert(1)</script>\\\">",
            "<style>*{display:none}</style>",
            "<meta http-equiv=refresh content=0;url=//evil.example>",
            "<base href=//evil.example>",
            "<form action=//evil.example><input name=q>",
            "\\u202eevil\\u202c \\u2066x\\u2069",
            "\\u200b\\u200c\\u200d\\ufeff\\u00ad",
            "data: x\\n\\nevent: refresh\\ndata: y\\n\\n",
            "\\u0000\\u0001\\u001b[31mred\\u0007",
            "${7*7} {{7*7}} <%= 7*7 %> #{7*7}",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "\\u2028alert(1)\\u2029",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "Z\\u0351\\u036b\\u0343a\\u0342\\u0363l\\u0351\\u0352go");

    private static final List<String> FIELDS =
            List.of("status", "current_mission", "current_focus", "agent_name", "current_phase", "last_updated");

    private HostileDocuments() {}

    /** By agent: a hundred. */
    static Map<String, String> all() {
        Map<String, String> documents = new LinkedHashMap<>();
        for (int i = 0; documents.size() < 80; i++) {
            documents.put("Agent-" + (i + 1), everywhere(TEXTS.get(i % TEXTS.size()), i / TEXTS.size()));
        }
        for (String name : names()) {
            documents.put(name, everywhere(TEXTS.getFirst(), 0));
        }
        documents.put("Huge-1", "{\"status\":\"" + "A".repeat(300_000) + "\"}");
        documents.put("Huge-2", "{\"status\":\"ACTIVE\",\"blockers\":[" + "\"<b>x</b>\",".repeat(20_000) + "\"y\"]}");
        documents.put("Deep-1", "{\"status\":\"ACTIVE\",\"a\":" + "[".repeat(200) + "]".repeat(200) + "}");
        documents.put("Wide-1", "{\"status\":\"ACTIVE\"" + ",\"<i>k</i>\":1".repeat(5_000) + "}");
        documents.put(
                "Keys-1", "{\"status\":\"ACTIVE\",\"\\\"><script>alert(1)</script>\":{\"onclick\":\"alert(1)\"}}");
        documents.put("Broken-1", "{\"status\":\"<script>alert(1)</script>\",}");
        documents.put("Broken-2", "<script>alert(1)</script>");
        documents.put("Broken-3", "{\"status\": \"\u202e\u0007<img src=x onerror=alert(1)>");
        documents.put("Broken-4", "<<<<<<< HEAD\n{\"a\":1}\n=======\n<script>alert(1)</script>\n>>>>>>> x\n");
        documents.put("Broken-5", "{\"status\":\"ACTIVE\"}" + "<b>".repeat(3_000));
        return documents;
    }

    /** Folders can be called so. */
    private static List<String> names() {
        return List.of(
                "<img src=x onerror=alert(1)>",
                "\" onclick=\"alert(1)",
                "' autofocus onfocus='alert(1)",
                "javascript:alert(1)",
                "a&b=c?d#e",
                "%2e%2e%2fetc",
                "&lt;b&gt;",
                "{{7*7}}",
                "\u00c4gent \uD83D\uDE80",
                "x".repeat(100));
    }

    private static String everywhere(String text, int turn) {
        List<String> members = new ArrayList<>();
        for (String field : FIELDS) {
            boolean isHere = turn == 0 || !field.equals("status");
            members.add("\"" + field + "\":\"" + (isHere ? text : "BLOCKED") + "\"");
        }
        members.add("\"cycle_count\":" + (turn == 2 ? "\"" + text + "\"" : "3"));
        members.add("\"points_earned\":" + (turn == 3 ? "1e400" : "12.5"));
        members.add("\"blockers\":[\"" + text + "\",\"waiting for Agent-2 " + text + "\"]");
        members.add("\"current_tasks\":[\"" + text + "\",{\"task\":\"" + text + "\"}]");
        members.add("\"" + text + "\":\"" + text + "\"");
        return "{" + String.join(",", members) + "}";
    }
}
