package dev.baton.persistence.journal;

/** Names the form that something was written in, as {@code user-message-added/1}. */
record Manifest(String name, int version) {

    static Manifest parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash > 0 && text.substring(slash + 1).matches("[1-9][0-9]{0,8}")) {
            return new Manifest(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
        }
        throw new IllegalArgumentException("journal manifest \"" + text + "\" must be a name, a slash and a version");
    }

    Manifest next() {
        return new Manifest(name, version + 1);
    }

    @Override
    public String toString() {
        return name + "/" + version;
    }
}
