package dev.baton.gateway.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * How tokens are written: {@value #PREFIX}, 256 random bits as digits and letters, and a checksum, so that what was copied
 * badly is known without asking anybody.
 */
final class TokenText {
    static final String PREFIX = "baton_";
    static final int RANDOM_BYTES = 32;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int SECRET_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;

    private TokenText() {}

    static String of(byte[] random) {
        if (random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException(
                    "a token is made of %d random bytes, not %d".formatted(RANDOM_BYTES, random.length));
        }
        String secret = digits(new BigInteger(1, random), SECRET_DIGITS);
        return PREFIX + secret + checksum(secret);
    }

    static boolean isOne(String text) {
        if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + SECRET_DIGITS + CHECK_DIGITS) {
            return false;
        }
        String secret = text.substring(PREFIX.length(), PREFIX.length() + SECRET_DIGITS);
        return text.endsWith(checksum(secret));
    }

    /** What is kept of a token: SHA-256 in hexadecimal digits. Nobody finds 256 random bits by trying. */
    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String checksum(String secret) {
        var crc = new CRC32();
        crc.update(secret.getBytes(StandardCharsets.UTF_8));
        return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
    }

    private static String digits(BigInteger number, int count) {
        var text = new StringBuilder();
        BigInteger rest = number;
        for (int i = 0; i < count; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return text.reverse().toString();
    }
}
