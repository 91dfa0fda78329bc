package dev.sluice.exporters.otlp.grpc;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of one host, as the system does. gRPC's own resolver refuses names with an
 * underscore, which Compose gives. Confined to its channel's synchronization context, except for
 * the look-up itself, which blocks a thread of gRPC's.
 */
final class HostResolver extends NameResolver {
  private final String target;
  private final String host;
  private final int port;
  private final SynchronizationContext context;
  private final Executor lookups;
  private @Nullable Listener2 listener;
  private boolean underWay;

  private HostResolver(String target, Args args) {
    this.target = target;
    int colon = target.lastIndexOf(':');
    host = target.substring(0, colon);
    port = Integer.parseInt(target.substring(colon + 1));
    context = args.getSynchronizationContext();
    Executor offload = args.getOffloadExecutor();
    lookups = offload == null ? Runnable::run : offload;
  }

  @Override
  public String getServiceAuthority() {
    return target;
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    refresh();
  }

  @Override
  public void refresh() {
    if (!underWay && listener != null) {
      underWay = true;
      lookups.execute(this::lookUp);
    }
  }

  private void lookUp() {
    StatusOr<List<EquivalentAddressGroup>> found = addresses();
    context.execute(() -> tell(found));
  }

  private StatusOr<List<EquivalentAddressGroup>> addresses() {
    try {
      List<EquivalentAddressGroup> groups = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(host)) {
        groups.add(new EquivalentAddressGroup(new InetSocketAddress(address, port)));
      }
      return StatusOr.fromValue(groups);
    } catch (UnknownHostException e) {
      return StatusOr.fromStatus(
          Status.UNAVAILABLE.withDescription("cannot resolve " + host).withCause(e));
    }
  }

  private void tell(StatusOr<List<EquivalentAddressGroup>> found) {
    underWay = false;
    if (listener != null) {
      listener.onResult2(ResolutionResult.newBuilder().setAddressesOrError(found).build());
    }
  }

  @Override
  public void shutdown() {
    listener = null;
  }

  /** Resolves one target, whatever URI it is asked for. */
  static final class Provider extends NameResolverProvider {
    private static final int PRIORITY = 5;

    private final String target;

    /** A provider for {@code host:port}. */
    Provider(String target) {
      this.target = target;
    }

    @Override
    public NameResolver newNameResolver(URI uri, Args args) {
      return new HostResolver(target, args);
    }

    @Override
    public String getDefaultScheme() {
      return "dns";
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return PRIORITY;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
      return Set.of(InetSocketAddress.class);
    }
  }
}
