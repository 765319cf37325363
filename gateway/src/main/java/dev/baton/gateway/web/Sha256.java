package dev.baton.gateway.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 in the two spellings that the web wants. */
final class Sha256 {

    private Sha256() {}

    static String hex(byte[] content) {
        return HexFormat.of().formatHex(of(content));
    }

    static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(of(content));
    }

    private static byte[] of(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
