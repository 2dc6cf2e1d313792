package dev.rollcall.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Routes that only tell something: by GET, and by HEAD with the same headers and no body. */
final class Looking {
    private Looking() {}

    static void at(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
