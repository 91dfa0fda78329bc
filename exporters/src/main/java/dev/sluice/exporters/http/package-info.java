/** HTTP for exporters: the one place that sees OkHttp. */
@NullMarked
package dev.sluice.exporters.http;

import org.jspecify.annotations.NullMarked;
