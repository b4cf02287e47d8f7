package io.eventagents.audit.proof;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LogDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the key that signs, makes one if there is none, and hands over from a key to the next. */
public final class SigningKeys {

  /** The key itself, where no other place is set. */
  static final String PRIVATE = "signing-key.pem";

  /** Its public half, as notes name it. */
  public static final String PUBLIC = "signing-key.pub";

  /** Its public half, as OpenSSL reads it. */
  static final String PUBLIC_PEM = "signing-key.pub.pem";

  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

  private final LogDirectory directory;
  private final String name;
  private final CheckpointFiles files;
  private final Clock clock;

  SigningKeys(LogDirectory directory, CheckpointFiles files, Clock clock) {
    this.directory = directory;
    this.name = LogName.of(directory.id().toString());
    this.files = files;
    this.clock = clock;
  }

  /**
   * The key that signs from now on.
   *
   * @param configured where it is; null for beside the log
   * @param former where the one is that signed so far, when it is to be replaced
   * @throws SigningKeyUnusable if it is missing or another than before
   */
  SigningKey open(@Nullable Path configured, @Nullable Path former) throws IOException {
    Path file = configured == null ? directory.path().resolve(PRIVATE) : configured;
    VerificationKey known = known();
    if (!Files.exists(file)) {
      if (configured != null) {
        throw new SigningKeyUnusable(
            "The key that signs checkpoints is not at " + file + ".",
            "Put it there (openssl genpkey -algorithm ed25519 -out "
                + file
                + "), or leave"
                + " audit.checkpoints.signing-key away and have one made beside the log.",
            null);
      }
      if (known != null && former == null) {
        throw new SigningKeyUnusable(
            "The key that signed the checkpoints so far, "
                + known.id()
                + ", is not at "
                + file
                + ".",
            "Put it back, or name it by audit.checkpoints.former-signing-key and another one is"
                + " made. Where it is lost, remove "
                + directory.path().resolve(PUBLIC)
                + ": whoever pinned the key then has to pin the new one.",
            null);
      }
      make(file);
    }
    SigningKey key = read(file);
    if (configured == null) {
      log.info(
          "The key that signs the audit log's checkpoints is beside the log, in {}: it protects against"
              + " those only who cannot read it. Keep it elsewhere by audit.checkpoints.signing-key,"
              + " and {} where nobody can change it",
          file,
          PUBLIC);
    }
    if (known != null && !known.equals(key.verification())) {
      handOver(known, former, key);
    }
    if (known == null || !known.equals(key.verification())) {
      directory.replace(PUBLIC, ByteText.ascii(key.verification() + "\n"));
    }
    directory.replace(PUBLIC_PEM, ByteText.ascii(key.verification().pem()));
    return key;
  }

  private void handOver(VerificationKey known, @Nullable Path former, SigningKey next)
      throws IOException {
    SigningKey previous = former == null ? null : read(former);
    if (previous == null || !previous.verification().equals(known)) {
      throw new SigningKeyUnusable(
          "The checkpoints were signed by the key %s so far, and now there is the key %s."
              .formatted(known.id(), next.verification().id()),
          "Name the file with the former key by audit.checkpoints.former-signing-key: it signs that the"
              + " new one follows. Where it is lost, remove "
              + directory.path().resolve(PUBLIC)
              + ": whoever pinned the key then has to pin the new one.",
          null);
    }
    KeySuccession succession =
        new KeySuccession(
            directory.id().toString(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            known,
            next.verification());
    files.append(CheckpointFiles.KEYS, previous.sign(succession.text(), next));
    log.info(
        "The key {} signs the audit log's checkpoints from now on, as the key {} signed",
        next.verification().id(),
        known.id());
  }

  private @Nullable VerificationKey known() throws IOException {
    Path file = directory.path().resolve(PUBLIC);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return VerificationKey.read(file, name);
    } catch (MalformedNote e) {
      throw new SigningKeyUnusable(
          "The file " + file + " holds no key: " + e.getMessage() + ".",
          "Put the key back that signed the checkpoints so far.",
          e);
    }
  }

  private SigningKey read(Path file) throws IOException {
    try {
      return SigningKey.read(file, name);
    } catch (MalformedNote e) {
      throw new SigningKeyUnusable(
          "The file " + file + " holds no key that could sign checkpoints: " + e.getMessage() + ".",
          "Give it an Ed25519 key: openssl genpkey -algorithm ed25519 -out " + file,
          e);
    }
  }

  private void make(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(
              EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
    } else {
      Files.createFile(fresh);
    }
    Files.writeString(
        fresh, SigningKey.make(name).pem(), StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
    Files.move(fresh, file);
  }
}
