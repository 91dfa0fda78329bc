package dev.sluice.exporters.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricNamerTest {
  /** OTLP name | unit | kind | with suffixes | without suffixes | UTF-8 with suffixes. */
  private static final String TABLE =
      """
      http.server.duration   | ms      | HISTOGRAM | http_server_duration_milliseconds | http_server_duration | http.server.duration_milliseconds
      requests               |         | COUNTER   | requests_total              | requests            | requests_total
      requests.total         | 1       | COUNTER   | requests_total              | requests_total      | requests_total
      total.requests         | 1       | COUNTER   | requests_total              | total_requests      | total.requests_total
      system.memory          | By      | GAUGE     | system_memory_bytes         | system_memory       | system.memory_bytes
      memory.bytes           | By      | GAUGE     | memory_bytes                | memory_bytes        | memory.bytes
      bytes.of.memory        | By      | GAUGE     | bytes_of_memory             | bytes_of_memory     | bytes.of.memory_bytes
      disk.io                | By/s    | GAUGE     | disk_io_bytes_per_second    | disk_io             | disk.io_bytes_per_second
      pages                  | 1/s     | GAUGE     | pages_per_second            | pages               | pages_per_second
      speed                  | m/s     | GAUGE     | speed_meters_per_second     | speed               | speed_meters_per_second
      growth                 | By/mo   | GAUGE     | growth_bytes_per_month      | growth              | growth_bytes_per_month
      rate                   | {req}/s | GAUGE     | rate_per_second             | rate                | rate_per_second
      packets                | {packet} | COUNTER  | packets_total               | packets             | packets_total
      cpu.utilization        | 1       | GAUGE     | cpu_utilization_ratio       | cpu_utilization     | cpu.utilization_ratio
      hit.ratio              | 1       | GAUGE     | hit_ratio                   | hit_ratio           | hit_ratio
      queue                  | 1       | NON_MONOTONIC_SUM | queue               | queue               | queue
      usage                  | %       | GAUGE     | usage_percent               | usage               | usage_percent
      temperature            | Cel     | GAUGE     | temperature_celsius         | temperature         | temperature_celsius
      frequency              | Hz      | GAUGE     | frequency_hertz             | frequency           | frequency_hertz
      heap                   | KiBy    | GAUGE     | heap_kibibytes              | heap                | heap_kibibytes
      uptime                 | min     | COUNTER   | uptime_minutes_total        | uptime              | uptime_minutes_total
      age                    | d       | GAUGE     | age_days                    | age                 | age_days
      fuel                   | gal_US  | GAUGE     | fuel_gal_US                 | fuel                | fuel_gal_US
      torque                 | N.m     | GAUGE     | torque_N_m                  | torque              | torque_N.m
      a__b                   |         | GAUGE     | a_b                         | a__b                | a__b
      a..b                   |         | GAUGE     | a_b                         | a_b                 | a..b
      _lead                  |         | GAUGE     | lead                        | _lead               | _lead
      trail_                 |         | GAUGE     | trail                       | trail_              | trail_
      2xx.responses          |         | COUNTER   | _2xx_responses_total        | _2xx_responses      | 2xx.responses_total
      rule:metric            | s       | GAUGE     | rule:metric_seconds         | rule:metric         | rule:metric_seconds
      größe.µ                |         | GAUGE     | gr_e                        | gr_e                | größe.µ
      a.per_second           | 1/s     | GAUGE     | a_per_second_per_second     | a_per_second        | a_per_second
      latency                | s       | SUMMARY   | latency_seconds             | latency             | latency_seconds
      latency                | us      | EXPONENTIAL_HISTOGRAM | latency_microseconds | latency         | latency_microseconds
      """;

  @Test
  void namesAsPrometheusDoes() {
    List<String> wrong = new ArrayList<>();
    for (String row : TABLE.lines().toList()) {
      String[] cells = row.split("\\|");
      MetricKind kind = MetricKind.valueOf(cells[2].strip());
      check(wrong, cells, kind, 3, TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);
      check(wrong, cells, kind, 4, TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES);
      check(wrong, cells, kind, 5, TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES);
    }
    assertEquals(List.of(), wrong);
  }

  private static void check(
      List<String> wrong, String[] cells, MetricKind kind, int column, TranslationStrategy by) {
    String built = new MetricNamer("", by).build(cells[0].strip(), cells[1].strip(), kind);
    if (!cells[column].strip().equals(built)) {
      wrong.add(cells[0].strip() + " by " + by + ": " + built);
    }
  }

  @Test
  void leavesNamesAloneWithoutTranslation() {
    MetricNamer namer = new MetricNamer("", TranslationStrategy.NO_TRANSLATION);
    assertEquals("http.requests", namer.build("http.requests", "By", MetricKind.COUNTER));
  }

  @Test
  void hasNoNameForNothing() {
    for (TranslationStrategy strategy : TranslationStrategy.values()) {
      assertEquals(null, new MetricNamer("", strategy).build("", "", MetricKind.GAUGE));
    }
    MetricNamer suffixing =
        new MetricNamer("", TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);
    assertEquals(null, suffixing.build("___", "", MetricKind.GAUGE));
    assertEquals(null, suffixing.build("...", "", MetricKind.GAUGE));
  }

  @Test
  void putsTheNamespaceFirst() {
    assertEquals(
        "ns_2xx_total",
        new MetricNamer("ns", TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES)
            .build("2xx", "", MetricKind.COUNTER));
    assertEquals(
        "n_s_2xx",
        new MetricNamer("n.s", TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES)
            .build("2xx", "", MetricKind.COUNTER));
    assertEquals(
        "n.s_2xx",
        new MetricNamer("n.s", TranslationStrategy.NO_TRANSLATION)
            .build("2xx", "", MetricKind.COUNTER));
  }

  @Test
  void writesUnitsForMetadata() {
    assertEquals("bytes_per_second", Units.metadata("By/s"));
    assertEquals("per_second", Units.metadata("{req}/s"));
    assertEquals("", Units.metadata("1"));
    assertEquals("N_m", Units.metadata("N.m"));
  }
}
