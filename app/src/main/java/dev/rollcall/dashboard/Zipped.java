package dev.rollcall.dashboard;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Answers that travel compressed where the client takes that. */
final class Zipped {
    /** A page of a thousand rows in a few milliseconds, at an eighth of its size. */
    private static final int QUICK = 1;

    private static final int SMALL = 1_024;

    private Zipped() {}

    /** A page made for one request. */
    static void send(Context context, Html page) {
        byte[] plain = page.toBytes();
        boolean isZipped = plain.length > SMALL && takesGzip(context);
        context.header("Cache-Control", "no-store");
        send(context, "text/html; charset=utf-8", plain, isZipped ? zip(plain) : plain);
    }

    static void send(Context context, String type, byte[] plain, byte[] zipped) {
        context.contentType(type);
        // Jetty and Javalin leave alone what says that it is encoded.
        if (zipped.length < plain.length && takesGzip(context)) {
            context.header("Content-Encoding", "gzip").result(zipped);
        } else {
            context.result(plain);
        }
    }

    private static boolean takesGzip(Context context) {
        return String.valueOf(context.header("Accept-Encoding")).contains("gzip");
    }

    private static byte[] zip(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(plain.length / 6 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(zipped, 8_192) {
            {
                def.setLevel(QUICK);
                def.setStrategy(Deflater.DEFAULT_STRATEGY);
            }
        }) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return zipped.toByteArray();
    }
}
