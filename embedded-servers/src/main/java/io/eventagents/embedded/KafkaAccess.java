package io.eventagents.embedded;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Changes the users of a broker (SCRAM) and their permissions, through a client that may do
 * everything. Each change has been accepted when its method returns.
 */
public class KafkaAccess {

  final Admin admin;

  /**
   * @param admin the client; its owner closes it
   */
  public KafkaAccess(Admin admin) {
    this.admin = admin;
  }

  /** Creates a user, or changes a user's password. */
  public final void user(String user, String password) {
    done(
        () ->
            admin
                .alterUserScramCredentials(
                    List.of(
                        new UserScramCredentialUpsertion(
                            user,
                            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                            password)))
                .all()
                .get());
  }

  /**
   * Allows a user these operations.
   *
   * @param name the name of the resource; {@code *} for all resources of its type
   */
  public final void allow(String user, ResourceType type, String name, AclOperation... operations) {
    create(rules(AclPermissionType.ALLOW, user, type, name, operations));
  }

  /** Allows a user everything that agents do, on every topic and group. */
  public final void allowEverything(String user) {
    allow(user, ResourceType.TOPIC, "*", AclOperation.ALL);
    allow(user, ResourceType.GROUP, "*", AclOperation.ALL);
    allow(user, ResourceType.CLUSTER, "kafka-cluster", AclOperation.ALL);
  }

  /** Denies a user these operations, even if another rule allows them. */
  public final void deny(String user, ResourceType type, String name, AclOperation... operations) {
    create(rules(AclPermissionType.DENY, user, type, name, operations));
  }

  /** Revokes denials. */
  public final void denyNoMore(
      String user, ResourceType type, String name, AclOperation... operations) {
    List<AclBindingFilter> filters =
        rules(AclPermissionType.DENY, user, type, name, operations)
            .map(AclBinding::toFilter)
            .toList();
    done(() -> admin.deleteAcls(filters).all().get());
  }

  /** Revokes all denials for this user. */
  public final void denyNothing(String user) {
    done(
        () ->
            admin
                .deleteAcls(
                    List.of(
                        new AclBindingFilter(
                            ResourcePatternFilter.ANY,
                            new AccessControlEntryFilter(
                                "User:" + user, null, AclOperation.ANY, AclPermissionType.DENY))))
                .all()
                .get());
  }

  private void create(Stream<AclBinding> rules) {
    done(() -> admin.createAcls(rules.toList()).all().get());
  }

  private static Stream<AclBinding> rules(
      AclPermissionType permission,
      String user,
      ResourceType type,
      String name,
      AclOperation... operations) {
    ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
    return Stream.of(operations)
        .map(operation -> new AccessControlEntry("User:" + user, "*", operation, permission))
        .map(entry -> new AclBinding(resource, entry));
  }

  private interface Change {
    Object make() throws ExecutionException, InterruptedException;
  }

  private static void done(Change change) {
    try {
      change.make();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker refused a change", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the broker was changed", e);
    }
  }
}
