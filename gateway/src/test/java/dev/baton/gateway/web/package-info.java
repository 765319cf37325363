/** Tests of the page: its files over a real socket, and the page itself in a real browser with a scripted API. */
@NullMarked
package dev.baton.gateway.web;

import org.jspecify.annotations.NullMarked;
