package dev.baton.gateway.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The file with a node's own token, which only its user can read. Nodes with one data directory share it. */
final class LocalTokenFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    LocalTokenFile(Path file) {
        this.file = file;
    }

    /** The token in the file; the first who asks makes it. Blocks. {@code random}: as many bytes as a token is made of. */
    String token(Supplier<byte[]> random) {
        try {
            if (!Files.exists(file)) {
                make(TokenText.of(random.get()));
            }
            if (isPosix(file)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!TokenText.isOne(token)) {
                throw new IllegalStateException(
                        "the file %s holds no token; delete it, and the next start makes one".formatted(file));
            }
            return token;
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "the node's own token cannot be kept in %s (baton.auth.local-token, \"\" = none): %s"
                            .formatted(file, failure),
                    failure);
        }
    }

    /** It is whole from the moment it is there, and the first one stays: another node may be making it, too. */
    private void make(String token) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(directory);
        Path begun = directory.resolve(file.getFileName() + "." + UUID.randomUUID());
        FileAttribute<?>[] attributes = isPosix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Files.newByteChannel(begun, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)
                .close();
        try {
            Files.writeString(begun, token + "\n");
            publish(begun);
        } catch (FileAlreadyExistsException another) {
            // That one is the token.
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    private void publish(Path begun) throws IOException {
        try {
            Path unused = Files.createLink(file, begun);
        } catch (UnsupportedOperationException noLinks) {
            Path unused = Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS) != null;
    }
}
