package io.eventagents.audit.archive;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.io.Payloads;

/** A server that speaks S3, with one bucket that it keeps in memory. */
public final class S3Server implements AutoCloseable {

  private static final String BUCKET = "audit";
  private static final String KEY = "a-key";
  private static final String SECRET = "a-secret";

  private final BlobStoreContext context =
      ContextBuilder.newBuilder(new TransientApiMetadata())
          .credentials(KEY, SECRET)
          .build(BlobStoreContext.class);
  private final BlobStore store = context.getBlobStore();
  private S3Proxy server;
  private int port;

  public S3Server() throws Exception {
    store.createContainerInLocation(null, BUCKET);
    server = start(0);
    port = server.getPort();
  }

  public S3Location location() {
    return new S3Location(
        URI.create("http://127.0.0.1:" + port), "us-east-1", BUCKET, "logs/", KEY, SECRET);
  }

  public byte[] object(String name) throws Exception {
    try (var stream =
        requireNonNull(requireNonNull(store.getBlob(BUCKET, name), name).getPayload(), name)
            .openStream()) {
      return stream.readAllBytes();
    }
  }

  public boolean has(String name) {
    return store.blobExists(BUCKET, name);
  }

  public void put(String name, byte[] content) {
    store.putBlob(
        BUCKET, store.blobBuilder(name).payload(Payloads.newByteArrayPayload(content)).build());
  }

  /** The network is down. */
  public void stop() throws Exception {
    server.stop();
  }

  public void startAgain() throws Exception {
    server = start(port);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server does not stop", e);
    } finally {
      context.close();
    }
  }

  private S3Proxy start(int at) throws Exception {
    S3Proxy started =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:" + at))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .build();
    started.start();
    return started;
  }
}
