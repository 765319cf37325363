package dev.baton.gateway.web;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.EntityTag;
import akka.util.ByteString;
import java.util.Map;
import java.util.Optional;

/** A file as it is served. Its tag comes from its content, since all files of a build carry the same time. */
record WebFile(ContentType type, ByteString content, EntityTag tag) {

    private static final Map<String, ContentType> TYPES = Map.of(
            "css", MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8),
            "html", ContentTypes.TEXT_HTML_UTF8,
            "js", MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8),
            "svg", ContentTypes.create(MediaTypes.IMAGE_SVG_XML));

    /** Empty for a kind of file that the page does not use. */
    static Optional<WebFile> of(String path, byte[] content) {
        String extension = path.substring(path.lastIndexOf('.') + 1);
        EntityTag tag = EntityTag.create(Sha256.hex(content).substring(0, 32), /* weak= */ false);
        return Optional.ofNullable(TYPES.get(extension))
                .map(type -> new WebFile(type, ByteString.fromArray(content), tag));
    }
}
