package dev.sluice.config;

import java.util.Set;

/**
 * The component types of the OpenTelemetry Collector, core and contrib.
 *
 * <p>For one purpose: to tell a component that Sluice does not have from a misspelt one.
 * Underscores do not count, so that old and new names are found alike. From the project's component
 * registry at about v0.160, with types that were removed but are still in configurations in use.
 */
final class CollectorComponents {
  private static final Set<String> RECEIVERS =
      words(
          """
          activedirectoryds activedirectoryinv aerospike apache apachespark awscloudwatch
          awscontainerinsight awscontainerinsightreceiver awsecscontainermetrics awsfirehose
          awslambda awss3 awsxray azureblob azureeventhub azurefunctions azuremonitor bigip carbon
          chrony ciscoos cloudflare cloudfoundry collectd couchdb datadog dockerstats elasticsearch
          envoyals expvar faro filelog filestats flinkmetrics fluentforward github gitlab
          gitproviderreceiver googlecloudmonitoring googlecloudpubsub googlecloudpubsubpush
          googlecloudspanner haproxy hostmetrics httpcheck huaweicloudces icmpcheck icmpcheckreceiver
          iis influxdb jaeger jmx journald k8scluster k8sevents k8sobjects kafka kafkametrics
          kubeletstats libhoney loki macosunifiedlogging memcached mongodb mongodbatlas mysql
          namedpipe netflow nginx nop nsxt ntp opencensus oracledb osquery otelarrow otlp
          otlpjsonfile podmanstats postgresql pprof prometheus prometheusremotewrite prometheussimple
          pulsar purefa purefb rabbitmq receivercreator redfish redis riak saphana signalfx
          simpleprometheus skywalking snmp snowflake solace splunkenterprise splunkhec sqlquery
          sqlserver sshcheck statsd stef syslog systemd tcpcheck tcplog tlscheck udplog vcenter vcr
          wavefront webhookevent windowseventlog windowsperfcounters windowsservice yanggrpc zipkin
          zookeeper
          """);
  private static final Set<String> PROCESSORS =
      words(
          """
          attributes awsecsattributes batch cardinalityguardian coralogix cumulativetodelta
          datadogsemantics deltatocumulative deltatorate drain dynamicsampling
          experimentalmetricsgeneration filter genainormalizer geoip groupbyattrs groupbytrace
          interval isolationforest k8sattributes logdedup logstransform lookup memorylimiter
          metricsgeneration metricstarttime metricstransform probabilisticsampler redaction remotetap
          resource resourcedetection routing schema servicegraph span spanmetrics spanpruning
          sumologic tailsampling transform unroll
          """);
  private static final Set<String> EXPORTERS =
      words(
          """
          alertmanager alibabacloudlogservice awscloudwatchlogs awsemf awskinesis awss3 awsxray
          azureblob azuredataexplorer azuremonitor bmchelix carbon cassandra clickhouse coralogix
          datadog dataset debug doris elasticsearch faro file googlecloud googlecloudpubsub
          googlecloudstorage googlemanagedprometheus googlesecops honeycombmarker influxdb
          instana jaeger jaegerthrift kafka kinetica loadbalancing logging logicmonitor logzio loki
          mezmo nop opencensus opensearch otelarrow otlp otlpgrpc otlphttp parquet prometheus
          prometheusremotewrite pulsar rabbitmq sapm sematext sentry signalfx skywalking splunkhec
          stef sumologic syslog tanzuobservability tencentcloudlogservice tinybird zipkin
          """);
  private static final Set<String> CONNECTORS =
      words(
          """
          count datadog exceptions failover forward grafanacloud metricsaslogs otlpjson roundrobin
          routing servicegraph signaltometrics slowsql spanmetrics sum
          """);
  private static final Set<String> EXTENSIONS =
      words(
          """
          ack asapclient avrologencoding awscloudwatchmetricstreamsencoding awslogsencoding awsproxy
          azureauth azureencoding basicauth bearertokenauth cfgardenobserver cgroupruntime datadog
          dbstorage dockerobserver ecsobserver ecstaskobserver filestorage googleclientauth
          googlecloudlogentryencoding headerssetter healthcheck healthcheckv2 hostobserver
          httpforwarder jaegerencoding jaegerremotesampling jsonlogencoding k8sleaderelector
          k8sobserver kafkatopicsobserver mcp memoryballast memorylimiter oauth2client oidc opamp
          otlpencoding pprof redisstorage remotetap sigv4auth skywalkingencoding
          solarwindsapmsettings sumologic textencoding zipkinencoding zpages
          """);

  private CollectorComponents() {}

  /** Whether the Collector has, or had, a component type. */
  static boolean has(ComponentKind kind, String type) {
    return of(kind).contains(type.replace("_", ""));
  }

  private static Set<String> of(ComponentKind kind) {
    return switch (kind) {
      case RECEIVER -> RECEIVERS;
      case PROCESSOR -> PROCESSORS;
      case EXPORTER -> EXPORTERS;
      case CONNECTOR -> CONNECTORS;
      case EXTENSION -> EXTENSIONS;
    };
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+", -1));
  }
}
