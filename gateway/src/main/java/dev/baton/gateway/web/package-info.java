/**
 * The page for people who chat.
 *
 * <p>It is made of static files and the two preact modules of a WebJar; the browser loads them as they are, there is no
 * bundler. The server keeps them in memory from the start and knows no other file, so no path can reach anything else.
 * What the page does, it does through the public HTTP API.
 */
@NullMarked
package dev.baton.gateway.web;

import org.jspecify.annotations.NullMarked;
