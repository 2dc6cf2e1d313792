package dev.rollcall.cli;

import dev.rollcall.app.Version;
import dev.rollcall.store.Migrations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands by name, in the order in which help lists them. */
final class Commands {
    /** Started by the demo, not by people. */
    private static final String HIDDEN = "demo-agent";

    private static final Map<String, Function<RollcallCommand, Object>> COMMANDS = commands();

    private Commands() {}

    private static Map<String, Function<RollcallCommand, Object>> commands() {
        Map<String, Function<RollcallCommand, Object>> commands = new LinkedHashMap<>();
        commands.put("sync", SyncCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("list", ListCommand::new);
        commands.put("top", TopCommand::new);
        commands.put("get", GetCommand::new);
        commands.put("history", HistoryCommand::new);
        commands.put("diff", DiffCommand::new);
        commands.put("blame", BlameCommand::new);
        commands.put("import", ImportCommand::new);
        commands.put("report", ReportCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("search", SearchCommand::new);
        commands.put("similar", SimilarCommand::new);
        commands.put("recommend", RecommendCommand::new);
        commands.put("overlaps", OverlapsCommand::new);
        commands.put("index", IndexCommand::new);
        commands.put("start-cycle", StartCycleCommand::new);
        commands.put("start-mission", StartMissionCommand::new);
        commands.put("update-phase", UpdatePhaseCommand::new);
        commands.put("add-task", AddTaskCommand::new);
        commands.put("complete-task", CompleteTaskCommand::new);
        commands.put("add-blocker", AddBlockerCommand::new);
        commands.put("clear-blockers", ClearBlockersCommand::new);
        commands.put("add-achievement", AddAchievementCommand::new);
        commands.put("set-next-actions", SetNextActionsCommand::new);
        commands.put("complete-mission", CompleteMissionCommand::new);
        commands.put("end-cycle", EndCycleCommand::new);
        commands.put("watch", WatchCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("metrics", MetricsCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("copy", CopyCommand::new);
        commands.put("prune", PruneCommand::new);
        commands.put("forget", ForgetCommand::new);
        commands.put("service", ServiceCommand::new);
        commands.put("push", PushCommand::new);
        commands.put("up", UpCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("mcp", McpCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put(HIDDEN, DemoAgentCommand::new);
        return commands;
    }

    /** The names of the commands that help lists. */
    static List<String> visible() {
        return COMMANDS.keySet().stream().filter(name -> !name.equals(HIDDEN)).toList();
    }

    /**
     * The command line for these arguments. Only commands whose name occurs among them are built, because building one
     * costs start-up time; when none occurs, all are, for help and for suggestions.
     */
    static CommandLine line(RollcallCommand root, List<String> args) {
        boolean isAnyNamed = args.stream().anyMatch(COMMANDS::containsKey);
        CommandLine line = new CommandLine(root);
        COMMANDS.forEach((name, command) -> {
            if (!isAnyNamed || args.contains(name)) {
                line.addSubcommand(name, command.apply(root));
            }
        });
        line.getCommandSpec()
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .type(boolean.class)
                        .description("Version, commit, JDK and schema.")
                        .build())
                .versionProvider(() -> new String[] {
                    "rollcall " + Version.current().text() + ", JDK " + Runtime.version() + ", schema "
                            + Migrations.latest()
                });
        prepare(line);
        return line;
    }

    private static void prepare(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .description("Show this help.")
                        .build())
                .usageMessage()
                .width(Table.WIDTH)
                .sortOptions(false)
                .abbreviateSynopsis(true);
        line.getCommandSpec().usageMessage().synopsisHeading("Usage: ");
        line.getCommandSpec()
                .usageMessage()
                .sectionKeys(List.of(
                        UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                        UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        UsageMessageSpec.SECTION_KEY_FOOTER));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.getSubcommands().values().forEach(Commands::prepare);
    }
}
