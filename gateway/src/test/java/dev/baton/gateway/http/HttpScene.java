package dev.baton.gateway.http;

import java.net.URI;
import java.net.http.HttpClient;

/** A server under test. */
interface HttpScene {
    URI uri(String path);

    HttpClient client();
}
