/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft-diff.h"

#include "domain/trestle-draft-field.h"
#include "domain/trestle-draft-path.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

typedef enum
{
  MINE,
  BASE,
  THEIRS,
  N_SIDES,
} Side;

/* A place in up to three trees. */
typedef struct
{
  JsonNode *nodes[N_SIDES];   /* NULL where that side has nothing there */
  const char *paths[N_SIDES]; /* where it is or would be */
  guint indexes[N_SIDES];     /* of an element: the same */
} Place;

typedef struct
{
  GPtrArray *found;
  gboolean three; /* else THEIRS is BASE once more */
} Diff;

static gboolean
equal (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static void
append_words (GString *words, JsonNode *node, const char *path)
{
  if (words->len > 0)
    g_string_append_c (words, '\n');
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *child;
      gsize begin = words->len;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &child))
        if (!trestle_draft_node_is_empty (child))
          {
            g_autofree char *below = trestle_draft_path_join (path, name);
            const TrestleDraftField *field = trestle_draft_field_find (below);
            GString *value = g_string_new (NULL);

            append_words (value, child, below);
            g_string_append_printf (words, "%s%s:%s%s", words->len > begin ? "\n" : "",
                                    field != NULL ? _ (field->label) : name,
                                    JSON_NODE_HOLDS_VALUE (child) ? " " : "\n", value->str);
            g_string_free (value, TRUE);
          }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *below = trestle_draft_path_at (path, i);

          append_words (words, json_array_get_element (array, i), below);
        }
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_string_append (words, json_node_get_string (node));
  else
    {
      g_autofree char *value = json_to_string (node, FALSE);

      g_string_append (words, value);
    }
}

/* What a person reads of a value: texts as they are, lists in lines. */
static char *
dup_words (JsonNode *node, const char *path)
{
  GString *words;

  if (node == NULL)
    return NULL;
  words = g_string_new (NULL);
  append_words (words, node, path);
  return g_string_free (words, FALSE);
}

static void
report (Diff *self, const Place *at)
{
  gboolean incoming = equal (at->nodes[MINE], at->nodes[BASE]);
  gboolean conflict = !incoming && !equal (at->nodes[THEIRS], at->nodes[BASE]);
  JsonNode *now = at->nodes[incoming ? THEIRS : MINE];
  /* the number of what the draft lacks is that where it is */
  Side seen = at->nodes[MINE] != NULL ? MINE : at->nodes[THEIRS] != NULL ? THEIRS : BASE;
  TrestleDifferenceKind kind = at->nodes[BASE] == NULL ? TRESTLE_DIFFERENCE_KIND_ADDED
                               : now == NULL           ? TRESTLE_DIFFERENCE_KIND_REMOVED
                                                       : TRESTLE_DIFFERENCE_KIND_CHANGED;
  g_autofree char *label = trestle_draft_field_dup_label (at->paths[seen]);
  g_autofree char *mine = dup_words (at->nodes[MINE], at->paths[MINE]);
  g_autofree char *base = dup_words (at->nodes[BASE], at->paths[BASE]);
  g_autofree char *theirs = self->three ? dup_words (at->nodes[THEIRS], at->paths[THEIRS]) : NULL;

  g_ptr_array_add (
      self->found,
      g_object_new (TRESTLE_TYPE_DIFFERENCE, "path", at->paths[MINE], "base-path",
                    at->nodes[BASE] != NULL ? at->paths[BASE] : NULL, "theirs-path",
                    self->three && at->nodes[THEIRS] != NULL ? at->paths[THEIRS] : NULL, "label",
                    label, "kind", kind, "mine", mine, "base", base, "theirs", theirs, "incoming",
                    incoming, "conflict", conflict, NULL));
}

static void compare (Diff *self, const Place *at, gboolean live);

static JsonNode *
what_there_is (JsonNode *node)
{
  return trestle_draft_node_is_empty (node) ? NULL : node;
}

typedef struct
{
  const char *name;
  guint order;
} Member;

static int
compare_members (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Member *one = a;
  const Member *other = b;

  return one->order < other->order ? -1 : one->order > other->order;
}

/* The members that any side has, in the table's order. */
static GArray *
members_of (const Place *at)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint side = 0; side < N_SIDES; side++)
    {
      JsonObjectIter iter;
      const char *name;

      if (at->nodes[side] == NULL)
        continue;
      json_object_iter_init_ordered (&iter, json_node_get_object (at->nodes[side]));
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        if (g_hash_table_add (seen, (gpointer) name))
          {
            g_autofree char *path = trestle_draft_path_join (at->paths[side], name);
            const TrestleDraftField *field = trestle_draft_field_find (path);
            Member member = { name,
                              field != NULL ? trestle_draft_field_get_order (field) : G_MAXUINT };

            g_array_append_val (members, member);
          }
    }
  g_array_sort_with_data (members, compare_members, NULL);
  return members;
}

static void
compare_objects (Diff *self, const Place *at, gboolean live)
{
  g_autoptr (GArray) members = members_of (at);

  for (guint i = 0; i < members->len; i++)
    {
      const char *name = g_array_index (members, Member, i).name;
      g_autofree char *mine = trestle_draft_path_join (at->paths[MINE], name);
      g_autofree char *base = trestle_draft_path_join (at->paths[BASE], name);
      g_autofree char *theirs = trestle_draft_path_join (at->paths[THEIRS], name);
      Place below = { .paths = { mine, base, theirs } };

      for (guint side = 0; side < N_SIDES; side++)
        if (at->nodes[side] != NULL)
          below.nodes[side] = what_there_is (
              json_object_get_member (json_node_get_object (at->nodes[side]), name));
      compare (self, &below, live);
    }
}

static const char *
text_member (JsonNode *node, const char *name)
{
  JsonNode *child = JSON_NODE_HOLDS_OBJECT (node)
                        ? json_object_get_member (json_node_get_object (node), name)
                        : NULL;

  return child != NULL && JSON_NODE_HOLDS_VALUE (child)
                 && json_node_get_value_type (child) == G_TYPE_STRING
             ? json_node_get_string (child)
             : NULL;
}

static gboolean
same_element (const TrestleDraftField *list, JsonNode *a, JsonNode *b)
{
  for (guint i = 0; list->identity[i] != NULL; i++)
    {
      const char *one = text_member (a, list->identity[i]);
      const char *other = text_member (b, list->identity[i]);

      if (one != NULL && other != NULL)
        return g_str_equal (one, other);
    }
  return json_node_equal (a, b);
}

/* The first element of @array from which none was taken yet and that is @element. */
static guint
take_same (const TrestleDraftField *list, JsonNode *element, JsonNode *array, gboolean *taken)
{
  guint length = array != NULL ? json_array_get_length (json_node_get_array (array)) : 0;

  for (guint i = 0; i < length; i++)
    if (!taken[i]
        && same_element (list, element, json_array_get_element (json_node_get_array (array), i)))
      {
        taken[i] = TRUE;
        return i;
      }
  return G_MAXUINT;
}

/* Whether people see in which order the elements stand; versions and prices have none. */
static gboolean
has_order (const TrestleDraftField *list)
{
  return g_str_equal (list->change, "UpdateInformation")
         || g_str_equal (list->change, "UpdateDeliveryOptions");
}

/* What is matched of the lists of a place. */
typedef struct
{
  const TrestleDraftField *list;
  const Place *at;
  guint lengths[N_SIDES];
  gboolean *taken[N_SIDES];
  gboolean *memory;
} Matching;

static void
matching_begin (Matching *self, const TrestleDraftField *list, const Place *at)
{
  guint sum = 0;

  self->list = list;
  self->at = at;
  for (guint side = 0; side < N_SIDES; side++)
    {
      self->lengths[side] = at->nodes[side] != NULL
                                ? json_array_get_length (json_node_get_array (at->nodes[side]))
                                : 0;
      sum += self->lengths[side];
    }
  self->memory = g_new0 (gboolean, sum + 1);
  self->taken[MINE] = self->memory;
  self->taken[BASE] = self->taken[MINE] + self->lengths[MINE];
  self->taken[THEIRS] = self->taken[BASE] + self->lengths[BASE];
}

/* Where an element of one side is on the others, or would be. The paths are the caller's. */
static void
matching_find (Matching *self, Side first, guint element, Place *found)
{
  JsonArray *array = json_node_get_array (self->at->nodes[first]);

  for (guint side = 0; side < N_SIDES; side++)
    {
      JsonNode *list = self->at->nodes[side];
      guint index = side == first ? element
                                  : take_same (self->list, json_array_get_element (array, element),
                                               list, self->taken[side]);

      found->nodes[side] = index != G_MAXUINT
                               ? json_array_get_element (json_node_get_array (list), index)
                               : NULL;
      found->indexes[side] = MIN (index, self->lengths[side]);
      found->paths[side] = trestle_draft_path_at (self->at->paths[side], found->indexes[side]);
    }
}

/* Each side's elements in turn, with what is the same on the sides after it. */
static void
compare_lists (Diff *self, const TrestleDraftField *list, const Place *at)
{
  /* theirs before base, so that what is new with them stands before what is gone on both sides */
  static const Side order[N_SIDES] = { MINE, THEIRS, BASE };
  Matching matching;
  guint last = 0;
  gboolean moved = FALSE;

  matching_begin (&matching, list, at);
  for (guint turn = 0; turn < N_SIDES; turn++)
    for (guint i = 0; i < matching.lengths[order[turn]]; i++)
      {
        Place below = { 0 };

        if (matching.taken[order[turn]][i])
          continue;
        matching_find (&matching, order[turn], i, &below);
        if (below.nodes[MINE] != NULL && below.nodes[THEIRS] != NULL)
          {
            moved = moved || below.indexes[THEIRS] < last;
            last = below.indexes[THEIRS];
            compare (self, &below, TRUE);
          }
        else if (!equal (below.nodes[MINE], below.nodes[THEIRS]))
          report (self, &below);
        for (guint side = 0; side < N_SIDES; side++)
          g_free ((gpointer) below.paths[side]);
      }
  if (moved && has_order (list))
    report (self, at);
  g_free (matching.memory);
}

static gboolean
all_hold (const Place *at, JsonNodeType type)
{
  for (guint side = 0; side < N_SIDES; side++)
    if (at->nodes[side] != NULL && json_node_get_node_type (at->nodes[side]) != type)
      return FALSE;
  return TRUE;
}

/* @live: AWS has what this is in, so that what it does not tell of it is no difference. */
static void
compare (Diff *self, const Place *at, gboolean live)
{
  const TrestleDraftField *field = trestle_draft_field_find (at->paths[MINE]);

  if (equal (at->nodes[MINE], at->nodes[THEIRS]) || (field != NULL && field->change == NULL))
    return;
  if (live && field != NULL && g_str_equal (field->change, "AddDeliveryOptions")
      && trestle_draft_field_is_text (field)
      && (at->nodes[MINE] == NULL || (at->nodes[BASE] == NULL && at->nodes[THEIRS] == NULL)))
    return;
  if (field != NULL && field->identity != NULL && all_hold (at, JSON_NODE_ARRAY))
    compare_lists (self, field, at);
  else if (all_hold (at, JSON_NODE_OBJECT))
    compare_objects (self, at, live);
  else
    report (self, at);
}

static GPtrArray *
diff (TrestleDraft *draft, TrestleDraft *base, TrestleDraft *theirs, gboolean three)
{
  Diff self = { .found = g_ptr_array_new_with_free_func (g_object_unref), .three = three };
  Place at = { .nodes = { trestle_draft_get_root (draft),
                          base != NULL ? trestle_draft_get_root (base) : NULL,
                          theirs != NULL ? trestle_draft_get_root (theirs) : NULL },
               .paths = { "", "", "" } };

  compare_objects (&self, &at, FALSE);
  return self.found;
}

GPtrArray *
trestle_draft_diff (TrestleDraft *draft, TrestleDraft *base)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), NULL);
  return diff (draft, base, base, FALSE);
}

GPtrArray *
trestle_draft_diff_three (TrestleDraft *draft, TrestleDraft *base, TrestleDraft *live)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft) && TRESTLE_IS_DRAFT (live), NULL);
  return diff (draft, base, live, TRUE);
}

gboolean
trestle_draft_diff_take (TrestleDraft *draft, TrestleDraft *live, TrestleDifference *difference)
{
  const char *from = trestle_difference_get_theirs_path (difference);
  const char *path = trestle_difference_get_path (difference);
  JsonNode *value = from != NULL ? trestle_draft_get (live, from) : NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft) && TRESTLE_IS_DRAFT (live), FALSE);
  /* an element that the draft lacks comes to the end of its list, whatever its number is there */
  if (value != NULL && trestle_difference_get_mine (difference) == NULL
      && g_str_has_suffix (path, "]"))
    {
      g_autofree char *list = trestle_draft_path_dup_parent (path);

      return trestle_draft_insert (draft, list, G_MAXUINT, trestle_draft_dup_node (value));
    }
  return trestle_draft_set (draft, path, value != NULL ? trestle_draft_dup_node (value) : NULL);
}
