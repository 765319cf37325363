package dev.baton.gateway.web;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Serves the page at {@code /} and at {@code /chats/{id}}, and the files that it is made of.
 *
 * <p>Every file may be kept by the browser but is asked for again each time, which costs one small answer per file and
 * lets a new build show at once.
 */
public final class WebPages extends AllDirectives {

    private static final String PREACT = "META-INF/resources/webjars/preact";
    private static final String PREACT_NEIGHBOUR = "META-INF/maven/org.webjars.npm/preact/pom.properties";

    /** {@code 10.1.2/hooks/dist/hooks.module.js}: group 1 is the path without the version. */
    private static final Pattern PREACT_MODULE = Pattern.compile("[^/]+/((?:[a-z-]+/)?dist/[a-z]+\\.module\\.js)");

    private static final List<HttpHeader> ON_ALL = List.of(
            CacheControl.create(CacheDirectives.NO_CACHE),
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Referrer-Policy", "no-referrer"),
            RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));

    private final WebFile index;
    private final HttpHeader policy;
    private final Map<String, WebFile> files;

    private WebPages(WebFile index, Map<String, WebFile> files) {
        this.index = index;
        this.policy = RawHeader.create(
                "Content-Security-Policy",
                ContentSecurityPolicy.of(index.content().utf8String()));
        this.files = Map.copyOf(files);
    }

    /** Reads all files from the class path; later nothing is read any more. */
    public static WebPages load() {
        Map<String, WebFile> files = new HashMap<>();
        try {
            ClassPathFolder.read("web", "web/index.html")
                    .forEach((path, content) ->
                            WebFile.of(path, content).ifPresent(file -> files.put("/" + path, file)));
            ClassPathFolder.read(PREACT, PREACT_NEIGHBOUR)
                    .forEach((path, content) -> preactPath(path)
                            .flatMap(name -> WebFile.of(name, content).map(file -> Map.entry(name, file)))
                            .ifPresent(entry -> files.put("/webjars/preact/" + entry.getKey(), entry.getValue())));
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the web page cannot be read", e);
        }
        return new WebPages(Objects.requireNonNull(files.remove("/index.html")), files);
    }

    private static Optional<String> preactPath(String path) {
        return Optional.of(PREACT_MODULE.matcher(path))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1));
    }

    /** Rejects every path that is not the page's, so that it can stand anywhere among other routes. */
    public Route route() {
        return concat(get(this::pages), head(this::pages));
    }

    private Route pages() {
        return concat(
                pathSingleSlash(this::index),
                pathPrefix("chats", () -> path(chat -> index())),
                extractUri(uri -> Optional.ofNullable(files.get(uri.path()))
                        .map(this::serve)
                        .orElseGet(this::reject)));
    }

    private Route index() {
        return respondWithHeader(policy, () -> serve(index));
    }

    private Route serve(WebFile file) {
        return respondWithHeaders(
                ON_ALL,
                () -> conditional(
                        file.tag(),
                        () -> complete(
                                HttpResponse.create().withEntity(HttpEntities.create(file.type(), file.content())))));
    }
}
