/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-container-table.h"

G_BEGIN_DECLS

/**
 * TrestleImageFacts:
 * @platforms: of each manifest that is an image: "linux/amd64"
 * @attestations: manifests that are none: "unknown/unknown"
 * @entry_point: (nullable): ENTRYPOINT; NULL where there is none
 * @ports: (nullable): "8080/tcp"
 * @size: bytes; -1 where it is not known
 * @layers: how many; -1 where it is not known
 * @secrets: where credentials were found, and of what kind; never the credentials themselves
 * @weights: files that look like weights
 * @strays: archive members that leave their folder
 * @unread: (nullable): why layers were not looked into
 *
 * Counted by reference. What can be seen of an image that does not run.
 */
typedef struct
{
  GPtrArray *platforms;
  guint attestations;
  char **entry_point;
  char **ports;
  gint64 size;
  gint64 layers;
  GPtrArray *secrets;
  GPtrArray *weights;
  GPtrArray *strays;
  char *unread;
} TrestleImageFacts;

#define TRESTLE_TYPE_IMAGE_FACTS (trestle_image_facts_get_type ())
GType trestle_image_facts_get_type (void);
TrestleImageFacts *trestle_image_facts_new (void);
TrestleImageFacts *trestle_image_facts_ref (TrestleImageFacts *self);
void trestle_image_facts_unref (TrestleImageFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleImageFacts, trestle_image_facts_unref)

/**
 * trestle_image_facts_add_config:
 * @config: an image's configuration as registries and archives have it, or an engine's answer about
 *   an image; anything else changes nothing
 *
 * Takes in platform, entry point and ports, and looks for credentials in environment, labels and history.
 */
void trestle_image_facts_add_config (TrestleImageFacts *self, JsonNode *config);

/** trestle_image_facts_add_text: looks for credentials in @text, such as a step of the history, that came from @where */
void trestle_image_facts_add_text (TrestleImageFacts *self, const char *where, const char *text);

/**
 * trestle_image_facts_add_file:
 * @path: in the image
 * @size: of the file
 * @head: (nullable) (array length=length): its beginning
 */
void trestle_image_facts_add_file (TrestleImageFacts *self,
                                   const char *path,
                                   gint64 size,
                                   const char *head,
                                   gsize length);

/** trestle_image_facts_add_stray: @path: of an archive's member that leaves its folder */
void trestle_image_facts_add_stray (TrestleImageFacts *self, const char *path);

/** trestle_image_facts_wants: Returns: whether trestle_image_facts_add_file() would look into @path */
gboolean trestle_image_facts_wants (const char *path, gint64 size);

/** trestle_image_member_strays: Returns: whether a member of an archive, or the target of its link, leaves the folder */
gboolean trestle_image_member_strays (const char *path, const char *link);

/**
 * trestle_image_facts_judge:
 * @id: one of the checks of an image as it lies there
 *
 * Returns: (transfer full) (nullable): what came of it; NULL where the facts do not tell
 */
TrestleContainerCheck *
trestle_image_facts_judge (TrestleImageFacts *self, TrestleContainerCheckId id);

G_END_DECLS
