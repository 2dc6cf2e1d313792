package dev.rollcall.dashboard;

/** Panels and tables that several pages have in common. */
final class Tables {
    private Tables() {}

    /** Begins a section with its heading; {@code live} parts are put in place anew when something happens. */
    static void open(Html html, String id, String heading, Part part) {
        html.open(
                        "section",
                        "class",
                        "panel",
                        "id",
                        id,
                        "data-live",
                        part == Part.LIVE ? "" : null,
                        "aria-labelledby",
                        "h-" + id)
                .leaf("h2", heading, "id", "h-" + id);
    }

    /** Whether a section changes while somebody looks. */
    enum Part {
        LIVE,
        STILL
    }

    /** A table that is scrolled sideways where it is too wide. Names that begin with {@code #} are of numbers. */
    static void head(Html html, String label, String... names) {
        html.open("div", "class", "wide", "tabindex", "0", "role", "group", "aria-label", label)
                .open("table")
                .open("thead")
                .open("tr");
        for (String name : names) {
            boolean isNumber = name.startsWith("#") && name.length() > 1;
            html.leaf("th", isNumber ? name.substring(1) : name, "scope", "col", "class", isNumber ? "n" : null);
        }
        html.close("tr").close("thead").open("tbody");
    }

    static void end(Html html) {
        html.close("tbody").close("table").close("div");
    }

    /** A line of two, as in a list of facts. */
    static void fact(Html html, String label, String value) {
        html.open("tr")
                .leaf("th", label, "scope", "row")
                .open("td", "class", "t")
                .text(Html.cut(value, 400))
                .close("td")
                .close("tr");
    }
}
