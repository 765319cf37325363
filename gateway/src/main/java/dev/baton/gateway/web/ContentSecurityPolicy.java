package dev.baton.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the browser may load for a page: files of this server, and inline only what stood in the page at the start. */
final class ContentSecurityPolicy {

    /** Scripts without {@code src}: the import map, which browsers accept inline only. */
    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

    private ContentSecurityPolicy() {}

    static String of(String html) {
        StringBuilder scripts = new StringBuilder("'self'");
        for (Matcher script = INLINE_SCRIPT.matcher(html); script.find(); ) {
            scripts.append(" 'sha256-")
                    .append(Sha256.base64(script.group(1).getBytes(UTF_8)))
                    .append('\'');
        }
        return "default-src 'none'; script-src " + scripts + "; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
