package dev.rollcall.store;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import org.postgresql.util.PSQLException;

/** What PostgreSQL's codes mean to a user (postgresql.org/docs/current/errcodes-appendix.html). */
final class PostgresErrors {
    /** A code of our own, of the class of operator intervention: a transaction whose end is not known yet. */
    static final String NOT_ENDED = "57ROL";

    private PostgresErrors() {}

    private static String code(SQLException failure) {
        return Objects.requireNonNullElse(failure.getSQLState(), "");
    }

    /** Whether the session is gone: nothing else can be done with it. */
    static boolean isLoss(SQLException failure) {
        return switch (code(failure)) {
            case "57P01", "57P02", "57P03", "57P05", "25P03" -> true;
            case "08004" -> false;
            default -> code(failure).startsWith("08");
        };
    }

    /** Whether the same may succeed when it is tried again: other transactions were in its way, or a server not ready. */
    static boolean isPassing(SQLException failure) {
        return switch (code(failure)) {
            // The month of a version was empty, and was dropped: it is made again.
            case "23514" -> true;
            case "40001", "40P01", "53300", NOT_ENDED -> true;
            default -> false;
        };
    }

    static ProblemException translate(String place, SQLException failure) {
        return new ProblemException(problem(place, failure), failure);
    }

    private static Problem problem(String place, SQLException failure) {
        return switch (code(failure)) {
            case "28P01", "28000", "08004" ->
                unavailable(
                        place + ": the server refuses the user or the password: " + said(failure),
                        "Check user and password in the URL or in ~/.pgpass, and the server's pg_hba.conf.");
            case "3D000" ->
                unavailable(place + ": the server has no such database", "Create it, for example with `createdb`.");
            case "42501" ->
                unavailable(
                        place + ": a right is missing: " + said(failure),
                        "docs/operations.md tells which rights the user needs.");
            case "25006" -> readOnly(place);
            case "53100", "53200" ->
                unavailable(
                        place + ": the server has no room left: " + said(failure) + "; nothing of this change was kept",
                        "Free some space on the server and run the command again.");
            case "53300" ->
                unavailable(
                        place + ": the server takes no more connections",
                        "Raise max_connections, or end some of them.");
            case "55P03" ->
                unavailable(
                        place + ": another process writes to this swarm and does not end",
                        "Try again when it is done; `rollcall doctor` shows who leads the watch. Who imports into another"
                                + " swarm of the database is waited for, too.");
            case "25P03" ->
                unavailable(
                        place + ": the server ended a session of which nothing was heard for too long",
                        "Write to a file instead of to a program that stands still, and run the command again.");
            case "57014" ->
                unavailable(place + ": the server took too long and was stopped: " + said(failure), "Try again later.");
            case "42P01", "42703", "42883", "42804" ->
                unavailable(
                        place + ": the schema is not as it was made: " + said(failure),
                        "Somebody altered it by hand; `rollcall doctor` tells what is missing.");
            default -> other(place, failure);
        };
    }

    private static Problem other(String place, SQLException failure) {
        if (said(failure).contains("targetServerType")) {
            return readOnly(place);
        }
        return isLoss(failure)
                ? unavailable(
                        place + ": the server can not be reached: " + reason(failure),
                        "Check that it runs and that host and port are right; run the command again then.")
                : unavailable(
                        place + ": the database refused: " + said(failure),
                        "`rollcall doctor` checks the database's tables.");
    }

    private static Problem readOnly(String place) {
        return unavailable(
                place + ": the server is read-only, as a standby is",
                "Name the primary in the URL, or all servers: jdbc:postgresql://one,two/rollcall.");
    }

    /** What the driver itself tells of a lost connection is longer and says less. */
    private static String reason(SQLException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException unknown -> {
                    return "there is no host of that name";
                }
                case SocketTimeoutException silent -> {
                    return "it does not answer";
                }
                case ConnectException refused -> {
                    return "it takes no connection at that port";
                }
                case SocketException broken -> {
                    return "the connection broke off";
                }
                case EOFException ended -> {
                    return "the connection broke off";
                }
                default -> {}
            }
        }
        boolean isTimeUp = failure.getCause() == null && code(failure).equals("08001");
        return isTimeUp ? "it does not answer" : said(failure);
    }

    /** The first line, without the words that begin each message of the server. */
    private static String said(SQLException failure) {
        String message = failure instanceof PSQLException told && told.getServerErrorMessage() != null
                ? told.getServerErrorMessage().getMessage()
                : failure.getMessage();
        return ShownText.of(Objects.requireNonNullElse(message, "no reason given")
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^(ERROR|FATAL|PANIC): ", "")
                .replaceFirst("\\.$", ""));
    }

    private static Problem unavailable(String message, String hint) {
        return new Problem(ProblemCode.DATABASE_UNAVAILABLE, message, hint);
    }
}
