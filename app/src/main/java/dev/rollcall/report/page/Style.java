package dev.rollcall.report.page;

import dev.rollcall.report.Condition;

/** How the page looks, light, dark and on paper. Each condition has a colour and, where it matters, a pattern. */
final class Style {
    /** What stands in every page's style element. */
    static final String CSS = """
            :root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2329;--soft:#5d6873;--rule:#e3e1da;
            --accent:#1f6f8b;--alarm:#b3261e;--active:#2f9e78;--idle:#c4ccd3;--waiting:#e8bf4a;--blocked:#d64550;
            --complete:#4c84d6;--error:#7f1d3a;--offline:#79838d;--unknown:#b9a6df;--mark:#fff;--gap:#a8a297;--plate:#ffffffd9}
            @media(prefers-color-scheme:dark){:root{--paper:#14181c;--card:#1b2025;--ink:#e6e8ea;--soft:#9aa6b1;
            --rule:#2d343b;--accent:#6fc3dd;--alarm:#ff8a80;--active:#3fb68b;--idle:#4a555f;--waiting:#d9a92f;
            --blocked:#e0525c;--complete:#5d95e6;--error:#b3365f;--offline:#626d77;--unknown:#8d78bd;--mark:#14181c;
            --gap:#6d6a63;--plate:#14181cd9}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{max-width:1040px;margin:0 auto;padding:28px 20px 60px}
            h1{font-size:28px;line-height:1.2;margin:0;letter-spacing:-.01em;overflow-wrap:anywhere}
            h2{font-size:18px;margin:0 0 4px}
            p{margin:0 0 10px}.soft{color:var(--soft)}
            header{margin-bottom:22px}
            section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:18px 20px;margin:16px 0}
            .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(118px,1fr));gap:12px;margin:0;padding:0;list-style:none}
            .cards li{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:12px 14px}
            .cards b{display:block;font-size:26px;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums}
            .cards span{color:var(--soft);font-size:13px}.cards .alarm b,.alarm{color:var(--alarm)}
            .plot{overflow-x:auto;margin:10px 0 4px}
            svg{display:block;max-width:100%;height:auto;min-width:640px;font:12px system-ui,-apple-system,"Segoe UI",sans-serif}
            svg.none{position:absolute;width:0;height:0;min-width:0}
            text{fill:var(--ink)}.tick{fill:var(--soft);font-size:11px}.now{font-size:11px;fill:var(--soft)}
            .now.alarm{fill:var(--alarm);font-weight:650}.name{font-size:11px}.share{font-size:11px;font-variant-numeric:tabular-nums}
            .plate{fill:var(--plate);rx:3px}
            .count{font-size:11px}.count.light{fill:var(--paper)}
            .grid{stroke:var(--rule);fill:none}.area{fill:var(--accent);opacity:.16}
            .line{stroke:var(--accent);stroke-width:2.5;fill:none}.agent-line{stroke:var(--ink);stroke-width:1.4;fill:none;opacity:.75}
            .l1{stroke-dasharray:7 3}.l2{stroke-dasharray:2 3}.l3{stroke-dasharray:9 3 2 3}.l4{stroke-dasharray:1 5}
            .stale{fill:var(--alarm)}.hush{fill:var(--card);opacity:.62}.h0{fill:var(--rule);opacity:.45}
            .h1{fill:var(--accent);opacity:.22}.h2{fill:var(--accent);opacity:.4}.h3{fill:var(--accent);opacity:.58}
            .h4{fill:var(--accent);opacity:.8}.h5{fill:var(--accent)}
            .arrow{stroke:var(--soft);stroke-width:1.5;fill:none}.arrow.tip{fill:var(--soft)}
            .circle{stroke:var(--alarm);stroke-width:2.2}.circle.tip{fill:var(--alarm)}.node{fill:var(--accent);rx:7px}
            table{border-collapse:collapse;width:100%;font-size:14px}
            .wide{overflow-x:auto}
            th{text-align:left;font-weight:600;color:var(--soft);font-size:12px;white-space:nowrap}
            th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--rule);vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            td.t{overflow-wrap:anywhere;min-width:140px}tr:last-child td{border-bottom:0}
            .bar{display:inline-block;height:9px;border-radius:2px;background:var(--accent);vertical-align:baseline}
            summary{cursor:pointer;color:var(--soft);font-size:13px;margin-top:6px}
            .legend{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:8px 0 0;padding:0;font-size:12px;color:var(--soft)}
            .legend svg{display:inline-block;min-width:0;width:22px;height:12px;vertical-align:-1px;margin-right:5px}
            .note{border-left:3px solid var(--alarm);padding-left:10px}
            footer{color:var(--soft);font-size:13px;margin-top:24px}
            @media(max-width:480px){main{padding:18px 12px}section{padding:14px 12px}h1{font-size:22px}td.t{min-width:84px}}
            @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#ccc}body{font-size:11px}
            main{max-width:none;padding:0}section{break-inside:avoid;border:0;padding:8px 0}section.long{break-inside:auto}
            .plot{overflow:visible}svg{min-width:0}summary{display:none}details::details-content{content-visibility:visible}
            table{font-size:10px}th,td{padding:3px 6px 3px 0}th,td.n,th.n{white-space:normal}td.t{min-width:60px}th{font-size:9px}
            *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
            """;

    private Style() {}

    /** The patterns, once for the whole page, and the rules that fill with them. */
    static String patterns() {
        StringBuilder defs = new StringBuilder("<svg class=\"none\" aria-hidden=\"true\"><defs>");
        for (Condition condition : Condition.values()) {
            defs.append("<pattern id=\"p-")
                    .append(condition.label())
                    .append("\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">")
                    .append(pattern(condition))
                    .append("</pattern>");
        }
        return defs.append("</defs></svg>\n").toString();
    }

    static String fills() {
        StringBuilder rules = new StringBuilder();
        for (Condition condition : Condition.values()) {
            rules.append(".c-")
                    .append(condition.label())
                    .append("{fill:url(#p-")
                    .append(condition.label())
                    .append(")}");
        }
        return rules.append('\n').toString();
    }

    private static String pattern(Condition condition) {
        return switch (condition) {
            case ACTIVE, IDLE, COMPLETE -> ground("var(--" + condition.label() + ")");
            case BLOCKED -> ground("var(--blocked)") + stripes("M-2 6L6 -2M2 10L10 2", "var(--mark)", 1.8);
            case WAITING ->
                ground("var(--waiting)") + "<circle cx=\"4\" cy=\"4\" r=\"1.4\" style=\"fill:var(--mark)\"/>";
            case ERROR -> ground("var(--error)") + stripes("M0 0L8 8M8 0L0 8", "var(--mark)", 1);
            case OFFLINE -> ground("var(--offline)") + stripes("M0 4H8", "var(--mark)", 1.2);
            case UNKNOWN -> ground("var(--unknown)") + stripes("M4 0V8", "var(--mark)", 1);
            case REJECTED -> ground("none") + stripes("M-2 6L6 -2M2 10L10 2", "var(--alarm)", 2);
            case LEFT -> ground("none") + stripes("M-2 6L6 -2M2 10L10 2", "var(--gap)", 1);
            case PRUNED -> ground("none") + stripes("M0 2H8M0 6H8", "var(--gap)", 1);
            case UNRECORDED -> ground("none") + "<circle cx=\"4\" cy=\"4\" r=\".7\" style=\"fill:var(--gap)\"/>";
        };
    }

    private static String ground(String fill) {
        return "<rect width=\"8\" height=\"8\" style=\"fill:" + fill + "\"/>";
    }

    private static String stripes(String path, String colour, double width) {
        return "<path d=\"" + path + "\" style=\"stroke:" + colour + ";stroke-width:" + width + ";fill:none\"/>";
    }
}
