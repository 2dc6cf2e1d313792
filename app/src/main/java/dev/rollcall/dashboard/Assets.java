package dev.rollcall.dashboard;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * Styles, scripts and signs that pages load, from this program alone. An address names the content by its hash, so that a
 * browser may keep it for good and never uses an old one. Immutable.
 */
final class Assets {
    /** Of the library that draws charts; as its jar has it. */
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final int HASH_BYTES = 8;

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    Assets() {
        add("roll.css", "roll.css", STYLE);
        add("roll.js", "roll.js", SCRIPT);
        add("charts.js", "charts.js", SCRIPT);
        add("uplot.js", CHARTS + ".iife.min.js", SCRIPT);
        add("uplot.css", CHARTS + ".min.css", STYLE);
        add("mark.svg", "mark.svg", "image/svg+xml");
    }

    private record Asset(String type, String hash, byte[] plain, byte[] zipped) {}

    private void add(String name, String resource, String type) {
        try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource)) {
            byte[] plain = in.readAllBytes();
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
                out.write(plain);
            }
            assets.put(name, new Asset(type, hash(plain), plain, zipped.toByteArray()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Where it is, content and all. */
    String path(String name) {
        return "/assets/" + name + "?"
                + Objects.requireNonNull(assets.get(name), name).hash();
    }

    /** Answers with the asset that the path names; false where there is none. */
    boolean serve(Context context) {
        Asset asset = assets.get(context.pathParam("name"));
        if (asset == null) {
            return false;
        }
        String tag = '"' + asset.hash() + '"';
        boolean isNamedByContent = asset.hash().equals(context.queryString());
        context.header("ETag", tag)
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            Zipped.send(context, asset.type(), asset.plain(), asset.zipped());
        }
        return true;
    }
}
