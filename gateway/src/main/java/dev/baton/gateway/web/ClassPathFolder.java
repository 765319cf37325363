package dev.baton.gateway.web;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads all files of a folder that lies on the class path, in a directory or in a jar. */
final class ClassPathFolder {

    private ClassPathFolder() {}

    /**
     * The files below {@code folder} by their path in it, with {@code /} between its names.
     *
     * @param neighbour a resource in the same directory or jar, to find that by: a folder itself need not be a resource
     */
    static Map<String, byte[]> read(String folder, String neighbour) throws IOException {
        URL url = Objects.requireNonNull(
                ClassPathFolder.class.getResource("/" + neighbour), () -> neighbour + " is not on the class path");
        URLConnection connection = url.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            return walk(root(uri(url), neighbour).resolve(folder));
        }
        try (FileSystem files = FileSystems.newFileSystem(Path.of(uri(jar.getJarFileURL())), Map.of())) {
            return walk(files.getPath(folder));
        }
    }

    private static Path root(URI file, String neighbour) {
        Path path = Path.of(file);
        for (int names = Path.of(neighbour).getNameCount(); names > 0; names--) {
            path = Objects.requireNonNull(path.getParent());
        }
        return path;
    }

    private static Map<String, byte[]> walk(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static URI uri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(url + " cannot be read as a path", e);
        }
    }
}
