/** What of the benchmarks can be wrong without a cluster: sums, and what counts as a fault. */
@NullMarked
package dev.baton.bench;

import org.jspecify.annotations.NullMarked;
