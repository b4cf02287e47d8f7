package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A disk with only so much room, which may also fail to say that it has the bytes. */
final class FullDisk implements FileOpener {

  long room = Long.MAX_VALUE;
  boolean failsToForce;
  boolean failsToTruncate;

  /** Happens once, when all of a batch was written. */
  @Nullable Runnable onForce;

  @Override
  public FileChannel open(Path file) throws IOException {
    return new Channel(FileOpener.DISK.open(file));
  }

  private final class Channel extends FileChannel {

    private final FileChannel disk;

    Channel(FileChannel disk) {
      this.disk = disk;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      int possible = (int) Math.min(source.remaining(), room);
      if (possible == 0 && source.hasRemaining()) {
        throw new IOException("No space left on device");
      }
      room -= possible;
      ByteBuffer part = source.slice(source.position(), possible);
      source.position(source.position() + possible);
      while (part.hasRemaining()) {
        disk.write(part, position + part.position());
      }
      return possible;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      if (failsToForce) {
        throw new IOException("Input/output error");
      }
      disk.force(metadata);
      Runnable happens = onForce;
      onForce = null;
      if (happens != null) {
        happens.run();
      }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      if (failsToTruncate) {
        throw new IOException("Input/output error");
      }
      disk.truncate(size);
      return this;
    }

    @Override
    public long size() throws IOException {
      return disk.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
      disk.close();
    }

    @Override
    public int read(ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return disk.read(target, position);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
