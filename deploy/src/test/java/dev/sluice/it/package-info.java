/**
 * The integration tests ({@code *IT}): the packaged product as a process, unchanged SDKs in front
 * of it and the real backends behind it. Run by {@code ./mvnw -Pit verify}; nothing calls in here.
 *
 * <p>Where the backends are, the environment says. A test whose backend has no address is skipped,
 * and says so:
 *
 * <ul>
 *   <li>{@code PROMETHEUS_URL}: with its remote-write receiver, its OTLP receiver, exemplars and an
 *       out-of-order window of some minutes;
 *   <li>{@code LOKI_URL};
 *   <li>{@code TEMPO_URL}, with {@code TEMPO_OTLP_GRPC} (host:port) and {@code TEMPO_OTLP_HTTP}
 *       (URL);
 *   <li>{@code SLUICE_IT_BIN}: a folder with the binaries {@code prometheus}, {@code loki} and
 *       {@code telemetrygen}, for the tests that stop a backend of their own; {@code
 *       ~/.cache/backends/bin} when it is not set;
 *   <li>{@code SLUICE_IT_REQUIRED=true}: what is missing, except Tempo, fails instead of skipping;
 *   <li>{@code SLUICE_IT_CACHE}: where the Python and Node SDKs are installed; a folder under
 *       {@code target} when it is not set;
 *   <li>{@code SLUICE_IT_LAUNCHER}: another launcher than that of the distribution that was built;
 *   <li>the system property {@code sluice.it.outageSeconds}: how long a backend is away, 20 when
 *       not set.
 * </ul>
 *
 * <p>After every test the conservation law is checked on the product that the test used.
 */
@NullMarked
package dev.sluice.it;

import org.jspecify.annotations.NullMarked;
