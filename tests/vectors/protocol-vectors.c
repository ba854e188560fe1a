/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "protocol-vectors"

#include <libxml/parser.h>
#include <math.h>
#include <string.h>

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-protocol.h"
#include "aws/trestle-aws-signer.h"
#include "base/trestle-json.h"
#include "suite-table.h"
#include "vectors.h"

/*
 * protocol-vectors DIR|FILE.json…: Smithy's protocol tests in botocore's form. A case with `params`
 * says which request they become; one with `response`, what it is read as. A file
 * protocol-tests-ignore-list.json beside (or one folder above) names cases that do not count; those
 * that pass nevertheless are counted as passed.
 */

static gboolean
same_json (JsonNode *expected, JsonNode *got)
{
  if (expected == NULL || got == NULL)
    return expected == got;
  if (JSON_NODE_TYPE (expected) != JSON_NODE_TYPE (got))
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (expected))
    {
      GType a = json_node_get_value_type (expected);
      GType b = json_node_get_value_type (got);

      /* the wire's floats are singles where the vector says so */
      if ((a == G_TYPE_INT64 || a == G_TYPE_DOUBLE) && (b == G_TYPE_INT64 || b == G_TYPE_DOUBLE))
        return fabs (json_node_get_double (expected) - json_node_get_double (got)) < 1e-6;
      return json_node_equal (expected, got);
    }
  if (JSON_NODE_HOLDS_ARRAY (expected))
    {
      JsonArray *a = json_node_get_array (expected);
      JsonArray *b = json_node_get_array (got);

      if (json_array_get_length (a) != json_array_get_length (b))
        return FALSE;
      for (guint i = 0; i < json_array_get_length (a); i++)
        if (!same_json (json_array_get_element (a, i), json_array_get_element (b, i)))
          return FALSE;
      return TRUE;
    }
  if (JSON_NODE_HOLDS_OBJECT (expected))
    {
      JsonObject *a = json_node_get_object (expected);
      JsonObject *b = json_node_get_object (got);
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      if (json_object_get_size (a) != json_object_get_size (b))
        return FALSE;
      json_object_iter_init (&iter, a);
      while (json_object_iter_next (&iter, &name, &value))
        if (!same_json (value, json_object_get_member (b, name)))
          return FALSE;
    }
  return TRUE;
}

static gboolean
check_json (const char *name, const char *what, JsonNode *expected, JsonNode *got)
{
  g_autofree char *expected_text = NULL;
  g_autofree char *got_text = NULL;

  if (same_json (expected, got))
    return TRUE;
  expected_text = expected != NULL ? trestle_json_to_string (expected, FALSE) : NULL;
  got_text = got != NULL ? trestle_json_to_string (got, FALSE) : NULL;
  return vectors_same (name, what, expected_text, got_text != NULL ? got_text : "null");
}

/* The vectors write blobs as they are, we as base64. */
static JsonNode *
encode_blobs (const TrestleAwsShape *shape, JsonNode *node)
{
  if (shape == NULL || JSON_NODE_HOLDS_NULL (node))
    return json_node_copy (node);
  if (shape->kind == TRESTLE_AWS_SHAPE_BLOB)
    {
      const char *text = json_node_get_string (node);
      g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
      JsonNode *made = json_node_new (JSON_NODE_VALUE);

      json_node_set_string (made, encoded);
      return made;
    }
  if (JSON_NODE_HOLDS_ARRAY (node) && shape->kind == TRESTLE_AWS_SHAPE_LIST)
    {
      JsonArray *array = json_node_get_array (node);
      JsonArray *into = json_array_new ();
      JsonNode *made = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < json_array_get_length (array); i++)
        json_array_add_element (into,
                                encode_blobs (shape->element, json_array_get_element (array, i)));
      json_node_take_array (made, into);
      return made;
    }
  if (JSON_NODE_HOLDS_OBJECT (node)
      && (shape->kind == TRESTLE_AWS_SHAPE_STRUCTURE || shape->kind == TRESTLE_AWS_SHAPE_MAP))
    {
      JsonObject *into = json_object_new ();
      JsonNode *made = json_node_new (JSON_NODE_OBJECT);
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          const TrestleAwsShape *inner = shape->element;

          if (shape->kind == TRESTLE_AWS_SHAPE_STRUCTURE)
            {
              const TrestleAwsMember *member = trestle_aws_shape_get_member (shape, name);

              inner = member != NULL ? member->shape : NULL;
            }
          json_object_set_member (into, name, encode_blobs (inner, value));
        }
      json_node_take_object (made, into);
      return made;
    }
  return json_node_copy (node);
}

static JsonNode *
object_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return node;
}

static void
canonical_xml (xmlNode *node, GString *out)
{
  gboolean elements = FALSE;
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func (g_free);

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    elements = elements || child->type == XML_ELEMENT_NODE;
  g_string_append_printf (out, "<%s", node->name);
  for (xmlNs *ns = node->nsDef; ns != NULL; ns = ns->next)
    g_ptr_array_add (attributes,
                     g_strdup_printf (" xmlns:%s=%s",
                                      ns->prefix != NULL ? (const char *) ns->prefix : "",
                                      ns->href));
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    {
      xmlChar *value = xmlNodeGetContent ((xmlNode *) attribute);

      g_ptr_array_add (attributes, g_strdup_printf (" %s=%s", attribute->name, value));
      xmlFree (value);
    }
  g_ptr_array_sort_values (attributes, (GCompareFunc) strcmp);
  for (guint i = 0; i < attributes->len; i++)
    g_string_append (out, g_ptr_array_index (attributes, i));
  g_string_append_c (out, '>');
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE)
        canonical_xml (child, out);
      else if (!elements)
        g_string_append (out, (const char *) child->content);
    }
  g_string_append_printf (out, "</%s>", node->name);
}

static char *
canonical_xml_text (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  xmlDoc *document = xmlReadMemory (trimmed, (int) strlen (trimmed), NULL, "UTF-8", 0);
  GString *out = g_string_new (NULL);

  if (document != NULL)
    {
      canonical_xml (xmlDocGetRootElement (document), out);
      xmlFreeDoc (document);
    }
  return g_string_free_and_steal (out);
}

static int
text_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Parameters in an order of their own. */
static char *
sorted_form (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_auto (GStrv) pairs = g_strsplit (trimmed, "&", -1);

  qsort (pairs, g_strv_length (pairs), sizeof *pairs, text_compare);
  return g_strjoinv ("&", pairs);
}

static gboolean
check_body (const char *name, const char *expected, const TrestleAwsHttp *http)
{
  const char *type = trestle_aws_headers_get (http->headers, "content-type");
  g_autofree char *got = http->body != NULL ? g_strndup (g_bytes_get_data (http->body, NULL),
                                                         g_bytes_get_size (http->body))
                                            : g_strdup ("");

  if (expected == NULL)
    return TRUE;
  if (type != NULL && strstr (type, "json") != NULL && *expected != '\0')
    {
      g_autoptr (JsonNode) a = json_from_string (expected, NULL);
      g_autoptr (JsonNode) b = json_from_string (got, NULL);

      return check_json (name, "body", a, b);
    }
  if (type != NULL && strstr (type, "xml") != NULL && *expected != '\0')
    {
      g_autofree char *a = canonical_xml_text (expected);
      g_autofree char *b = canonical_xml_text (got);

      return vectors_same (name, "body", a, b);
    }
  if (type != NULL && strstr (type, "form") != NULL)
    {
      g_autofree char *a = sorted_form (expected);
      g_autofree char *b = sorted_form (got);

      return vectors_same (name, "body", a, b);
    }
  return vectors_same (name, "body", expected, got);
}

static gboolean
check_uri (const char *name, const char *expected, const TrestleAwsHttp *http)
{
  g_auto (GStrv) parts = g_strsplit (expected, "?", 2);
  g_autofree char *expected_query = sorted_form (parts[1] != NULL ? parts[1] : "");
  g_autofree char *got_query = sorted_form (http->query != NULL ? http->query : "");

  return vectors_same (name, "path", parts[0], http->path)
         & vectors_same (name, "query", expected_query, got_query);
}

static gboolean
has_header (const TrestleAwsHttp *http, const char *name)
{
  /* the transport says how long the body is */
  if (g_ascii_strcasecmp (name, "content-length") == 0)
    return http->body != NULL;
  return trestle_aws_headers_get (http->headers, name) != NULL;
}

static gboolean
check_header_names (const char *name, JsonObject *serialized, const TrestleAwsHttp *http)
{
  gboolean good = TRUE;

  for (guint i = 0; i < 2; i++)
    {
      const char *list = i == 0 ? "requireHeaders" : "forbidHeaders";
      JsonArray *names = json_object_has_member (serialized, list)
                             ? json_object_get_array_member (serialized, list)
                             : NULL;

      for (guint j = 0; names != NULL && j < json_array_get_length (names); j++)
        if (has_header (http, json_array_get_string_element (names, j)) != (i == 0))
          good = vectors_same (name, list, json_array_get_string_element (names, j), NULL);
    }
  return good;
}

static gboolean
run_input (const char *name,
           const TrestleAwsModel *model,
           const TrestleAwsOperation *operation,
           JsonObject *suite,
           JsonObject *object)
{
  JsonObject *serialized = json_object_get_object_member (object, "serialized");
  g_autoptr (JsonNode) params = object_node (json_object_get_object_member (object, "params"));
  g_autoptr (JsonNode) input = encode_blobs (operation->input, params);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsHttp)
      http = trestle_aws_protocol_write_request (model, operation, input, NULL, &error);
  gboolean good = TRUE;

  if (http == NULL)
    return vectors_same (name, "request", "one", error->message);

  good &= vectors_same (name, "method", vectors_string (serialized, "method"), http->method);
  good &= check_uri (name, vectors_string (serialized, "uri"), http);
  good &= check_body (name, vectors_string (serialized, "body"), http);
  good &= check_header_names (name, serialized, http);
  if (json_object_has_member (serialized, "headers"))
    {
      JsonObjectIter iter;
      const char *header;
      JsonNode *value;

      json_object_iter_init_ordered (&iter, json_object_get_object_member (serialized, "headers"));
      while (json_object_iter_next_ordered (&iter, &header, &value))
        good &= vectors_same (name, header, json_node_get_string (value),
                              trestle_aws_headers_get (http->headers, header));
    }
  if (json_object_has_member (serialized, "host"))
    {
      const char *endpoint = vectors_string (suite, "clientEndpoint");
      g_autofree char *prefix = trestle_aws_protocol_host_prefix (operation, input, &error);
      g_autofree char *host = g_strconcat (
          prefix, endpoint != NULL ? endpoint + strlen ("https://") : "", NULL);

      good &= vectors_same (name, "host", vectors_string (serialized, "host"), host);
    }
  return good;
}

/* The payload of a blob operation stands beside the output with us, within it in the vectors. */
static void
put_payload (const TrestleAwsOperation *operation, const TrestleAwsHttp *answer, JsonNode *output)
{
  for (guint i = 0; operation->output != NULL && i < operation->output->n_members; i++)
    {
      const TrestleAwsMember *member = &operation->output->members[i];
      gsize length = 0;
      const guchar *data = answer->body != NULL ? g_bytes_get_data (answer->body, &length) : NULL;
      g_autofree char *encoded = NULL;

      if (!member->payload || member->shape->kind != TRESTLE_AWS_SHAPE_BLOB || length == 0)
        continue;
      encoded = g_base64_encode (data, length);
      json_object_set_string_member (json_node_get_object (output), member->name, encoded);
    }
}

static gboolean
check_error (const char *name,
             const TrestleAwsModel *model,
             JsonObject *object,
             const GError *error)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);
  const char *code = vectors_string (object, "errorCode");
  gboolean good = TRUE;

  if (details == NULL)
    return vectors_same (name, "error", code, NULL);
  good &= vectors_same (name, "code", code, details->code);
  if (vectors_string (object, "errorMessage") != NULL)
    good &= vectors_same (name, "message", vectors_string (object, "errorMessage"), error->message);
  if (json_object_has_member (object, "error")
      && json_object_get_size (json_object_get_object_member (object, "error")) > 0)
    {
      g_autoptr (JsonNode) expected = object_node (json_object_get_object_member (object, "error"));
      g_autoptr (JsonNode) got = details->body != NULL ? json_from_string (details->body, NULL)
                                                       : NULL;

      good &= check_json (name, "members", expected, got);
    }
  return good;
}

static gboolean
run_output (const char *name,
            const TrestleAwsModel *model,
            const TrestleAwsOperation *operation,
            JsonObject *object)
{
  JsonObject *response = json_object_get_object_member (object, "response");
  g_autoptr (TrestleAwsHttp) answer = trestle_aws_http_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) output = NULL;
  const char *body = vectors_string (response, "body");

  answer->status = (guint) json_object_get_int_member (response, "status_code");
  if (body != NULL)
    answer->body = g_bytes_new (body, strlen (body));
  if (json_object_has_member (response, "headers"))
    {
      JsonObjectIter iter;
      const char *header;
      JsonNode *value;

      json_object_iter_init_ordered (&iter, json_object_get_object_member (response, "headers"));
      while (json_object_iter_next_ordered (&iter, &header, &value))
        trestle_aws_headers_add (answer->headers, header, json_node_get_string (value));
    }

  output = trestle_aws_protocol_read_response (model, operation, answer, &error);
  if (json_object_has_member (object, "errorCode"))
    return check_error (name, model, object, error);
  if (output == NULL)
    return vectors_same (name, "output", "one", error->message);

  {
    g_autoptr (JsonNode) result = object_node (json_object_get_object_member (object, "result"));
    g_autoptr (JsonNode) expected = encode_blobs (operation->output, result);

    put_payload (operation, answer, output);
    return check_json (name, "output", expected, output);
  }
}

static gboolean
names_hold (JsonObject *list, const char *which, const char *name)
{
  JsonArray *names = json_object_has_member (list, which)
                         ? json_object_get_array_member (list, which)
                         : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (g_str_equal (json_array_get_string_element (names, i), name))
      return TRUE;

  return FALSE;
}

/* @kind: "input" or "output" */
static gboolean
is_ignored (JsonObject *ignore,
            const char *protocol,
            const char *kind,
            const char *suite,
            const char *name)
{
  JsonObject *at;

  if (ignore == NULL)
    return FALSE;
  at = json_object_get_object_member (ignore, "general");
  if (json_object_has_member (at, kind)
      && names_hold (json_object_get_object_member (at, kind), "suites", suite))
    return TRUE;
  at = json_object_get_object_member (ignore, "protocols");
  if (!json_object_has_member (at, protocol))
    return FALSE;
  at = json_object_get_object_member (at, protocol);
  return json_object_has_member (at, kind)
         && (names_hold (json_object_get_object_member (at, kind), "cases", name)
             || names_hold (json_object_get_object_member (at, kind), "suites", suite));
}

static JsonObject *
load_ignore_list (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *list = g_build_filename (folder, "protocol-tests-ignore-list.json", NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autofree char *above = NULL;

      if (json_parser_load_from_file (parser, list, NULL)
          && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
        return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
      above = g_path_get_dirname (folder);
      g_free (folder);
      folder = g_steal_pointer (&above);
    }

  return NULL;
}

static gboolean
run_file (const char *path, Counts *counts)
{
  g_autoptr (JsonArray) suites = vectors_load (path);
  g_autoptr (JsonObject) ignore = load_ignore_list (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *protocol = g_strndup (base, strcspn (base, "."));

  if (suites == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (suites); i++)
    {
      JsonObject *suite = json_array_get_object_element (suites, i);
      const char *title = vectors_string (suite, "description");
      JsonArray *cases = json_object_get_array_member (suite, "cases");
      for (guint j = 0; j < json_array_get_length (cases); j++)
        {
          JsonObject *object = json_array_get_object_element (cases, j);
          const char *name = vectors_string (object, "id");
          gboolean input = json_object_has_member (object, "serialized");
          g_autoptr (GError) error = NULL;
          g_autoptr (TrestleAwsModel) model = suite_table (suite, object, &error);
          const TrestleAwsOperation *operation;
          gboolean ignored = is_ignored (ignore, protocol, input ? "input" : "output", title, name);
          gboolean good;

          if (model == NULL)
            {
              g_printerr ("%s: %s: %s\n", path, name, error->message);
              return FALSE;
            }
          operation = trestle_aws_model_get_operation (
              model, vectors_string (json_object_get_object_member (object, "given"), "name"));
          /* What botocore does not meet is tried all the same, and does not count if it fails. */
          if (ignored)
            g_printerr ("%s is on the ignore list\n", name);
          good = input ? run_input (name, model, operation, suite, object)
                       : run_output (name, model, operation, object);
          if (ignored && !good)
            counts->skipped++;
          else
            vectors_count (counts, name, good);
        }
    }
  return TRUE;
}

static gboolean
run_path (const char *path, Counts *counts)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return run_file (path, counts);

  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (!g_str_equal (name, "protocol-tests-ignore-list.json"))
      g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      const char *inner = g_ptr_array_index (names, i);

      if ((g_str_has_suffix (inner, ".json") || g_file_test (inner, G_FILE_TEST_IS_DIR))
          && !run_path (inner, counts))
        return FALSE;
    }
  return TRUE;
}

int
main (int argc, char *argv[])
{
  Counts counts = { 0 };

  for (int i = 1; i < argc; i++)
    if (!run_path (argv[i], &counts))
      return 2;

  if (argc < 2)
    {
      g_printerr ("Usage: protocol-vectors DIR|FILE.json…\n");
      return 2;
    }
  return vectors_finish (&counts);
}
