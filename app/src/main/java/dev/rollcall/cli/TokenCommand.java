package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Scope;
import dev.rollcall.app.Tokens;
import dev.rollcall.app.Tokens.Created;
import dev.rollcall.app.Tokens.Token;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.problem.Suggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token}. */
@Command(
        name = "token",
        description = {
            "Who may ask through the window of rollcall up beyond reading on this machine.",
            "create prints the secret, once: only its hash is kept. Counts at once, also for",
            "a window that is open."
        },
        footer = {"", "Example: rollcall token create --scope agent:Agent-7 --name laptop"})
final class TokenCommand extends Verb {
    @Parameters(index = "0", paramLabel = "create|list|revoke", description = "What to do.")
    private @Nullable Action action;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            arity = "0..1",
            description = "Of the token to revoke, as list shows it.")
    private @Nullable String id;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "read; agent:ID, which may also write that agent's status; captain, which may write all.")
    private @Nullable String scope;

    @Option(names = "--name", paramLabel = "NAME", description = "What will use it.")
    private String name = "";

    TokenCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** What a user types. */
    enum Action {
        create,
        list,
        revoke
    }

    @Override
    public Integer call() {
        Tokens tokens = root().rollcall().tokens();
        return switch (action) {
            case create -> create(tokens);
            case list -> list(tokens.list());
            case revoke -> revoke(tokens);
            case null -> throw wrong("say create, list or revoke");
        };
    }

    private int create(Tokens tokens) {
        if (scope == null) {
            throw wrong("create needs a --scope: read, agent:ID or captain");
        }
        // A token of a swarm that is not there would let nobody in anywhere.
        root().rollcall().demandRoot();
        Created created =
                tokens.create(Scope.of(scope), name, root().rollcall().clock().instant());
        if (root().isJson()) {
            root().println(JsonOutput.object(json -> {
                shape(json, created.token());
                json.text("secret", created.secret());
            }));
        } else {
            root().println(created.secret());
            root().terminal()
                    .err()
                    .println("note: shown this once. It is token "
                            + created.token().id() + ", scope "
                            + TerminalText.safe(created.token().scope().text())
                            + "; send it as Authorization: Bearer ...");
        }
        return FINE;
    }

    private int list(List<Token> tokens) {
        if (root().isJson()) {
            root().println(JsonOutput.object(json -> json.objects("tokens", tokens, TokenCommand::shape)));
        } else if (tokens.isEmpty()) {
            root().println("There are no tokens. Next: rollcall token create --scope read");
        } else {
            Table table = new Table("ID", "SCOPE", "CREATED", "NAME");
            tokens.forEach(token -> table.row(
                    Table.Cell.of(token.id()),
                    Table.Cell.of(token.scope().text()),
                    Table.Cell.of(LookingBack.time(token.createdAt())),
                    Table.Cell.of(token.name())));
            root().print(table.render());
        }
        return FINE;
    }

    private int revoke(Tokens tokens) {
        if (id == null) {
            throw wrong("revoke needs the id of a token");
        }
        List<String> known = tokens.list().stream().map(Token::id).toList();
        if (!tokens.revoke(id)) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    "there is no token " + ShownText.of(id),
                    Suggestion.sentence(id, known, "rollcall token list tells which there are."));
        }
        root().println(
                        root().isJson()
                                ? JsonOutput.object(json -> json.text("revoked", id))
                                : "revoked " + id + ": nobody gets in with it any more");
        return FINE;
    }

    private static void shape(JsonOutput json, Token token) {
        json.text("id", token.id())
                .text("scope", token.scope().text())
                .text("name", token.name())
                .time("created_at", token.createdAt());
    }

    private static ProblemException wrong(String message) {
        return new ProblemException(
                ProblemCode.WRONG_USAGE, "rollcall token: " + message, "See rollcall token --help.");
    }
}
